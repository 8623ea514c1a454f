"""Questions worded about, put as they are usually asked: "by whom was it sold?" asks "who sold it?"."""

import re

from rag.asking import AUXILIARIES, is_plural
from rag.lexicon import PHRASE_VERBS, PHRASES

_DENIAL_NOUN = re.compile(
    r"^(?:is|are|was|were|has|have)\s+there\s+(?:been\s+)?(?:a|an|any)?\s*(?:official\s+"
    r"|public\s+)?(?P<noun>denials?|confirmation)\s+(?:from|by)\s+(?P<who>.+?)(?:\s+(?:of|about|on"
    r"|that)\s+(?P<what>.+?))?[?. ]*$",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"\b(?P<verb>put out|puts out|issue|issued|issues|give|gave|given|make|made|release|released|publish|published)\s+"
    r"(?:a|an|any|its|their|his|her)\s+(?:\w+\s+)?(?P<noun>denial|confirmation)(?:\s+of)?\b",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(
    r"^by (?:whom|which (?P<kind>\w+))\s+(?:was|were|is|are|has|have|had)\s+(?P<what>.+?)\s+(?:been\s+)?"
    r"(?P<verb>\w+(?:ed|en|ght|ld|id|de|nt|wn|st))\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_ACCORDING_TO_WHOM = re.compile(
    r"^(?:according to whom|on whose (?:word|authority|account)|in whose (?:view|opinion|words))\s+"
    r"(?:(?:did|does|do|has|have|had|is|are|was|were|will|would|can|could)\s+)?(?P<what>.+)$",
    re.IGNORECASE,
)
_ENDS_WITH_WHOM = re.compile(r"^(?P<what>.+?),?\s+(?:according to|says|said) (?:whom|who)\s*\??$", re.IGNORECASE)
_SAID_WHAT = (
    r"(?:statements?|claims?|views?|opinions?|words?|phrases?|terms?|expressions?|remarks?|comments?|assessments?"
    r"|predictions?|warnings?|quotes?|quotations?|descriptions?)"
)
_WHOSE_WORDS = re.compile(
    rf"^(?:whose|who(?:se)? made the|who gave the)\s+{_SAID_WHAT}\s+(?:(?:was|is|were|are)\s+)?"
    rf"(?:(?:it|this|these|those|the\s+{_SAID_WHAT})\s+)?(?:that\s+)?",
    re.IGNORECASE,
)
_USED_WORDS = re.compile(
    rf"^(?P<who>who|which [\w ]+?|what [\w ]+?)\s+(?:used|uses|chose|coined|spoke)\s+(?:of\s+)?the\s+{_SAID_WHAT}\s+",
    re.IGNORECASE,
)
_IN_VIEW = re.compile(
    r"^(?:in|from)\s+(?P<who>(?:the\s+)?[\w .&-]+?)(?:[’']s?)\s+(?:view|opinion|eyes|telling|account|words"
    r"|judgement|judgment|assessment|point of view),?\s+|,?\s+going by (?P<by>(?:the\s+)?[\w .&’'-]+?)(?=\s*[?.]?$)",
    re.IGNORECASE,
)
_BROKE = re.compile(
    r"\b(?:broke|breaks|break)\s+(?:the\s+)?(?:story|news)(?:\s+(?:of|about|that|on))?\b", re.IGNORECASE
)


_PERSON_FIGURE = re.compile(
    r"\b(?P<kind>controversial|public|political|leading|prominent|popular|opposition|religious|media|historical|senior"
    r"|famous|notable|known|sports?|television|literary|military|party|party's|right|left|cultural|business)\s+figure\b",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"^(?P<wh>which|what)\s+(?:one\s+)?of\s+the\s+following\s+(?P<next>[\w'’-]+)", re.IGNORECASE)
_NOUN = r"(?!(?:who|whom|whose|what|where|when|why|how|the|summary|overview)\b)[a-z][\w’'-]*"
_REQUEST = re.compile(
    r"^(?:please\s+)?(?:(?:name|identify)\s+(?=(?:all|both|some|any|every|each|one|the|an?)\s)|list\s+|enumerate\s+"
    r"|give me\s+(?=(?:(?:all|the)\s+)*(?:names?|reasons?|list|dates?|prices?|numbers?)\b))"
    r"(?:(?:all|both|some|any|every|each|one)\s+)?(?:of\s+)?(?:(?:the|a|an)\s+)?"
    rf"(?:(?P<named>{_NOUN}(?:\s[\w’'-]+){{0,3}})\s+(?:that|who|which)\s+(?P<does>[^:]+?)"
    rf"|(?P<thing>{_NOUN}(?:\s[\w’'-]+){{0,2}}?)\s+(?P<of>(?:of|for|behind|in|at)\s[^:]+?)"
    rf"|(?P<noun>{_NOUN})\s+(?P<rest>[^:]+?))[.?!]*$",
    re.IGNORECASE,
)


def reword(body: str) -> str:
    """The question in the usual words; the same text where it is asked so already."""
    body = _REQUEST.sub(_requested, body)
    body = _said_by(_as_verb(_by_outlet(body)))
    body = _PERSON_FIGURE.sub(r"\g<kind> person", body)
    body = _FOLLOWING.sub(_of_following, body)
    body = _BROKE.sub("reported", body)
    return PHRASES.sub(lambda match: PHRASE_VERBS[match.group().lower()], body)


def _requested(found: re.Match[str]) -> str:
    """Of "name the firms that A met" what is "which firms A met?", of "name the head of A" "what is the head of A?"."""
    if found["thing"] is None:
        return f"Which {found['named'] or found['noun']} {found['does'] or found['rest']}?"
    return f"What {'are' if is_plural(found['thing'].lower()) else 'is'} the {found['thing']} {found['of']}?"


def _by_outlet(body: str) -> str:
    """With "in the paper's view" and "going by the paper" as "according to the paper", at the end."""
    match = _IN_VIEW.search(body)
    if match is None:
        return body
    rest = f"{body[: match.start()]} {body[match.end() :]}".strip(" ?")
    return f"{rest[:1].upper()}{rest[1:]}, according to {match['who'] or match['by']}?"


def _of_following(found: re.Match[str]) -> str:
    """Of "which of the following countries" what is "which country", of "which of the following was" "what was"."""
    following = found["next"]
    if following.lower() in AUXILIARIES or not following.endswith("s"):
        return f"What {following}"
    single = f"{following[:-3]}y" if following.endswith("ies") else following[:-1]
    return f"{found['wh']} {single}"


def _said_by(body: str) -> str:
    """What asks who said or did something by other words than "who", with "who"."""
    passive = _BY_WHOM.match(body)
    if passive:
        who = f"Which {passive['kind']}" if passive["kind"] else "Who"
        return f"{who} {passive['verb']} {passive['what']}{passive['rest']}"
    according = _ACCORDING_TO_WHOM.match(body) or _ENDS_WITH_WHOM.match(body)
    if according:
        return f"Who said that {according['what'].rstrip(' ?')}?"
    whose = _WHOSE_WORDS.match(body)
    if whose and whose.end() < len(body):
        return f"Who said {body[whose.end() :]}"
    used = _USED_WORDS.match(body)
    return f"{used['who']} said {body[used.end() :]}" if used else body


def _as_verb(body: str) -> str:
    """With a denial or a confirmation that stands as a noun turned into a verb: "is there a denial from A?"."""
    asked = _DENIAL_NOUN.match(body)
    if asked:
        verb = "deny" if asked["noun"].lower().startswith("denial") else "confirm"
        return f"Did {asked['who']} {verb} {asked['what'] or 'it'}?"
    issued = _ISSUED.search(body)
    if issued is None:
        return body
    verb = "deny" if issued["noun"].lower() == "denial" else "confirm"
    rest = body[issued.end() :].strip(" ?.")
    done = issued["verb"].lower() in {"put out", "issue", "give", "make", "release", "publish"} and re.match(
        r"(?:did|does|do|will|would|can|could)\b", body, re.IGNORECASE
    )
    form = verb if done else {"deny": "denied", "confirm": "confirmed"}[verb]
    return f"{body[: issued.start()]}{form} {rest or 'it'}?"
