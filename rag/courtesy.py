"""A question without what people put around it: "Hi, could you please tell me who won? Thanks!" asks "Who won?"."""

import re

from rag.asking import AUXILIARIES, WH
from rag.words import split_words

_ASKS = rf"(?:{'|'.join([*AUXILIARIES, *WH])}|(?:in|by|on|to|from|for|at|with) (?:what|which|whom|whose))\b"
_PLEASE = r"(?:please|pls|plz|kindly)"
_BREAK = r"(?:\s*[,.!:]+|\s+[–—-])\s*"
_CAN_YOU = rf"(?:(?:can|could|would|will) you\s+)?(?:{_PLEASE}\s+)?"
_TO_KNOW = (
    r"(?:let me know|i(?:['’]d| would) (?:like|love) to (?:know|ask)|i (?:want|need|wanted) to (?:know|ask|find out)"
    r"|i(?:['’]m| am| was)? (?:just )?(?:wonder(?:ing)?|curious)|(?:do|does) (?:you|anyone|anybody|we)"
    r"(?: happen to)? know|any idea)"
)
_REQUESTS = r"(?:summari[sz]e|sum up|list|name|explain|describe|compare|give (?:me|us)|show me|tell me)"
_OPENINGS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:hi|hey|hello|good (?:morning|afternoon|evening|day)|greetings|excuse me)(?: (?:there|all|everyone|team"
        rf"|folks))?(?:{_BREAK}|\s+(?=(?:{_PLEASE}|i|tell|{_ASKS})\b))",
        rf"(?:so|ok|okay|well|right|alright|sorry|now|listen|look|hm+|um+){_BREAK}",
        r"(?:(?:just )?(?:a|one|my|another|here is my)\s+)?(?:(?:quick|short|simple|small|next|follow-up)\s+)?"
        rf"(?:question|q){_BREAK}",
        rf"{_PLEASE}\s*,?\s*(?=\w)",
        r"(?:from what you(?:['’]ve| have)? (?:read|seen|got)|(?:based on|according to|going by|judging by|from|in) "
        rf"(?:all )?(?:the|these|your) (?:news|articles?|sources|reports|coverage|documents|texts)),?\s+(?={_ASKS})",
        rf"{_CAN_YOU}(?:tell|show|inform) me(?:{_BREAK}|\s+(?={_ASKS}))",
        rf"{_TO_KNOW}(?:{_BREAK}|\s+(?={_ASKS}))",
        rf"(?:can|could|would|will) you\s+(?:{_PLEASE}\s+)?(?={_REQUESTS}\b)",
    )
)
_WHETHER = re.compile(
    rf"^(?:{_CAN_YOU}(?:tell me|check|verify|confirm|find out)|{_TO_KNOW})\s+(?:if|whether)\s+", re.IGNORECASE
)
_TRUE = re.compile(
    r"^is (?:there any truth (?:to|in) (?:the |a )?(?:claim|report|rumou?r|story|suggestion|allegation|idea)s? that"
    r"|it (?:fair|right|correct|accurate) to (?:say|claim|state) that|it a fact that)\s+",
    re.IGNORECASE,
)
_TAG = re.compile(
    r",\s*(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|wo|ca)(?:n['’]t)?"
    r" (?:it|they|he|she|we|you|there|that)(?: not)?\s*\?+$",
    re.IGNORECASE,
)
"""What makes a question of a statement: "it sank, didn't it?" asks whether it sank."""
_CLOSINGS = re.compile(
    r"(?:,?\s+according to|,\s+(?:in|from)) (?:the|these|all|your) (?:articles|sources|reports|news)\s*[.!?]*$"
    rf"|(?:(?<=[?.!,;])|,)\s*(?:(?:many )?thanks(?: (?:a lot|in advance|so much))?|thank you(?: \w+){{0,3}}|thx|cheers"
    rf"|{_PLEASE})\s*[.!?]*$|\s+{_PLEASE}\s*[.!?]*$",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"^(?P<wh>what|who|where|when|why|how)(?:['’](?P<verb>s|re|d|ll|ve)|(?P<bare>s))\s+(?=\w)", re.IGNORECASE
)
_IN_FULL = {"s": "is", "re": "are", "d": "did", "ll": "will", "ve": "have"}
_HAS = re.compile(r"\b(?:been|become|gone|grown|come|\w{3,}ed)\b", re.IGNORECASE)
_THING = re.compile(
    r"\b(?:that|this|the) (?:whole |entire )?(?P<what>(?!only\b|same\b|first\b|last\b|next\b|one\b)[\w-]+)"
    r" (?:thing|stuff)\b",
    re.IGNORECASE,
)
"""What has no better name: "that ferry thing" is whatever is told of it."""
_QUOTES = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»"}


def plain(text: str) -> str:
    """The question alone, its first words in full and its first letter large; the text itself where it is so already.

    All capitals become small letters: which words are names is for the articles to say.
    """
    asked = _unquoted(text.strip())
    closed = _CLOSINGS.sub("", asked)
    if closed != asked:
        asked = f"{closed.rstrip(' ,?')}?" if text.rstrip().endswith("?") or "?" in text else closed.rstrip(" ,")
    while (shorter := _without_opening(asked)) != asked:
        asked = _unquoted(shorter)
    asked = _TRUE.sub("Is it true that ", _WHETHER.sub("Is it true that ", _TAG.sub("?", asked)))
    asked = _THING.sub(r"the \g<what> story", _SHORT.sub(_in_full, asked))
    if len(split_words(asked)) > 3 and asked.isupper():
        asked = asked.lower()
    return f"{asked[:1].upper()}{asked[1:]}" if asked != text.strip() and split_words(asked) else text


def _in_full(found: re.Match[str]) -> str:
    """The question word and its verb apart: "what's", "who'd", and "whats" as it is typed in haste."""
    verb = _IN_FULL[(found["verb"] or found["bare"]).lower()]
    if verb == "is" and found["wh"].lower() == "how" and _HAS.search(found.string[found.end() :]):
        verb = "has"  # "how's the story unfolded?"
    return f"{found['wh']} {verb} "


def _without_opening(text: str) -> str:
    for opening in _OPENINGS:
        found = opening.match(text)
        if found and found.end() < len(text):
            return text[found.end() :]
    return text


def _unquoted(text: str) -> str:
    """Without the quotation marks around all of it, when they belong together."""
    closing = _QUOTES.get(text[:1])
    bare = text.rstrip("?!. ") if closing and not text.endswith(closing) else text
    inner = bare[1:-1]
    if closing is None or len(bare) < 3 or not bare.endswith(closing) or text[0] in inner or closing in inner:
        return text
    return f"{inner}{text[len(bare) :].strip()}"


__all__ = ["plain"]
