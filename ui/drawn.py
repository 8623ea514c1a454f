"""Questions that a sentence of an article answers, made of its own words: when, how many, who, what was said."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from index.sentences import sentence_spans
from rag.attribution import attributions
from rag.english import word_counts
from rag.lexicon import FUNCTION_WORDS, SPEECH_FORMS
from rag.names import NameKind, common_words, find_names
from rag.quantities import Measure, Quantity, find_quantities
from rag.statements import Vocabulary, read_sentence
from rag.words import Word, clean, split_words

_LONGEST = 100
"""Characters of a question that still reads at a glance."""
_SPEAKER = 40
"""Characters of who speaks, in a question that can be read at a glance."""
_WITH_THE = frozenset(
    """Times Post Journal Guardian Telegraph Independent Courier Ledger Gazette Tribune Herald Chronicle Observer Mail
    Council Ministry Commission Office Department Committee Bureau Party Government Union Authority Agency Board Senate
    Alliance Institute Association League Court Federation""".split()
)
_SEVERAL = re.compile(r"(?!.*\breports\b)(?:[a-z]+ ){0,2}[a-z]+s(?: (?:familiar|close|with knowledge)\b.*)?")
_PAST = dict(
    pair.split("/")
    for pair in """became/become began/begin bought/buy broke/break brought/bring built/build came/come chose/choose
    drew/draw fell/fall fought/fight found/find gave/give got/get grew/grow held/hold kept/keep lent/lend lost/lose
    made/make met/meet paid/pay ran/run rose/rise sank/sink sent/send shot/shoot sold/sell spent/spend stole/steal
    struck/strike swept/sweep taught/teach threw/throw took/take went/go withdrew/withdraw won/win wrote/write
    """.split()
)
"""Past forms to their bases; "left" and "led" are left out, as they are other words as often."""
_AUXILIARIES = frozenset("will would could can is are was were has have had".split())
_IN_SUBJECT = frozenset("the a an of and".split())
_DATELINE = re.compile(r"^(?:[A-Z]{3,}[A-Z ]*,)[^—–-]{0,60}\s[—–-]+\s+|^By [^.]{3,60}$")
_ACRONYM = re.compile(r"\s\([A-Z]{2,6}\)")
_ASIDE = re.compile(
    r"[;:()“”\"—–]|,(?!\d)|\s(?:after|before|as|while|when|which|who|that|because|although|where|whose|despite|amid"
    r"|following|according)\s|(?P<more>\s(?:and|or|but|if|so|than)\s)"
)
_BEFORE_DATE = (
    r"(?:\s*\b(?:early|late|later|earlier|only))*(?:\s*\b(?:on|in|at|by|during|from|since|of|for|through))?\s*$"
)
_AFTER_DATE = r"^\s*(?:morning|afternoon|evening|night)?\b"
_ABOUT = r"(?:over|about|nearly|almost|around|roughly|some|at least|up to|more than|fewer than|less than|an? )?\s*"
_NOUN_END = re.compile(
    r"\s(?:in|on|at|to|for|from|of|by|with|off|over|under|across|since|during|last|this|next|a|per)\s|$"
)
_NEGATED = re.compile(r"\b(?:not|no|never|nobody|none|neither)\b|n[’']t\b", re.IGNORECASE)
PRONOUN = re.compile(r"\b(?:I|we|you|he|she|it|they|him|them|us)\b", re.IGNORECASE)
_LINKED = frozenset("by of in for with at from to".split())
_PAYING = re.compile(r"\b(?:pay|cost|worth|invest|spend|raise|lose|earn|paid|cost|invested|spent|raised|lost)\b")


def drawn_from(text: str) -> Iterator[str]:
    """The most telling question of each sentence of a text that one can be drawn from."""
    for start, end in sentence_spans(text):
        yield from islice(drawn_questions(text[start:end], text), 1)


def drawn_questions(sentence: str, around: str) -> Iterator[str]:
    """Questions with a name in them, the most telling first; none where the sentence is not plainly built.

    `around` is the text it stands in, which shows what is a name and what has a capital only for opening a sentence.
    """
    text = _ACRONYM.sub("", _DATELINE.sub("", clean(sentence)))
    words = split_words(text)
    at = _verb_at(text, words) if text[:1].isalpha() and text.endswith((".", ".”", '."')) else None
    if at is None:
        return
    subject, verb = _subject(text[: words[at - 1].end], around), words[at]
    told = _told(text[verb.end :])
    if not subject or not told or _NEGATED.search(told):
        return
    asked = _of_auxiliary(subject, verb.lower, told) if verb.lower in _AUXILIARIES else _of_past(subject, verb, told)
    for question in asked:
        line = f"{' '.join(question.split())}?"
        if len(line) <= _LONGEST and len(line.split()) > 2 and not PRONOUN.search(line):
            yield line


def _told(text: str) -> str:
    """What is said of the subject, up to where the sentence goes on to more; "" where that would tear it."""
    aside = _ASIDE.search(text)
    told = (text[: aside.start()] if aside else text).rstrip(' .!?”"')
    return told if aside is None or not aside["more"] or _undated(told)[1] else ""


def _subject(phrase: str, around: str) -> str:
    """The subject as it stands inside a question; "" for one that says nothing without the article."""
    first, *rest = phrase.split(maxsplit=1)
    named = any(part[:1].isupper() for part in phrase.split()[1:])
    if first.lower() in _IN_SUBJECT or not is_name(phrase, around):
        return f"{first.lower()} {rest[0]}" if named else ""
    return phrase


def is_name(phrase: str, around: str) -> bool:
    """Whether its first capital is its own: it has one inside a sentence too, or before another, or is no word."""
    first, second = (*phrase.split(), "")[:2]
    if not first[:1].isupper():
        return False
    bare = re.sub(r"[’']s$", "", first)
    inside = re.search(rf"[\w,;’'] {re.escape(bare)}\b", around)
    letters = sum(letter.isupper() for letter in bare)
    return bool(inside) or second[:1].isupper() or bare.lower() not in word_counts() or letters > 1


def _verb_at(text: str, words: list[Word]) -> int | None:
    """Which word is the verb, where all before it can only be its subject."""
    for i, word in enumerate(words[:9]):
        if i and not word.capitalised and (word.lower in _AUXILIARIES or base_form(word.lower)):
            following = words[i + 1].lower if i + 1 < len(words) else ""
            return None if following == "by" or word.lower in SPEECH_FORMS else i
        plain = word.is_content or word.lower in _IN_SUBJECT
        joined = not i or not re.search(r"[,;:“”\"()—–]", text[words[i - 1].end : word.start])
        if not plain or not joined or word.text[0].isdigit():
            return None
    return None


def base_form(past: str) -> str:
    """The verb of a past form ("sold" → "sell", "planned" → "plan"); "" for what is none that is known."""
    if past in _PAST:
        return _PAST[past]
    if not past.endswith("ed") or len(past) < 5:
        return ""
    root, counts = past[:-2], word_counts()
    if root.endswith("i"):
        made = f"{root[:-1]}y"
    elif root[-1] == root[-2] and root[-1] not in "lsfz":
        made = root[:-1]
    elif re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", root):
        made = f"{root}e"
    else:
        made = max(root, f"{root}e", key=lambda word: counts.get(word, 0))
    return made if made in counts else ""


def _of_past(subject: str, verb: Word, told: str) -> Iterator[str]:
    base = base_form(verb.lower)
    amount = re.match(rf"\s*{_ABOUT}", told, re.IGNORECASE)
    start = amount.end() if amount else 0
    for quantity in _quantities(told):
        if quantity.span[0] == start or told[start : quantity.span[0]].strip() in {"", "about"}:
            if quantity.measure is Measure.COUNT and (counted := _counted(told, quantity)):
                noun, rest = counted
                dated = any(sign.isdigit() for sign in rest)  # a weekday says nothing outside its article
                yield f"How many {noun} did {subject} {base}{rest if dated else _undated(rest)[0]}"
            if quantity.measure is Measure.MONEY:
                yield f"How much did {subject} {base}{told[_end(told, quantity) :]}"
    rest, dated = _undated(told)
    if dated and rest.split():
        yield f"When did {subject} {base}{rest}"
    if _acts(subject) and rest.split() and rest.split()[0] not in _LINKED:
        yield f"Who {verb.text}{rest}"


def _of_auxiliary(subject: str, auxiliary: str, told: str) -> Iterator[str]:
    for quantity in _quantities(told):
        before = re.sub(rf"\s{_ABOUT}$", " ", told[: quantity.span[0]], flags=re.IGNORECASE)
        if quantity.measure is Measure.MONEY and _PAYING.search(" ".join(before.split()[:3])):
            yield f"How much {auxiliary} {subject}{before}{told[_end(told, quantity) :]}"
        if quantity.measure is Measure.COUNT and 0 < len(before.split()) <= 2 and (counted := _counted(told, quantity)):
            yield f"How many {counted[0]} {auxiliary} {subject}{before}{counted[1]}"
    rest, dated = _undated(told)
    if dated and auxiliary in {"will", "was", "were", "would"} and rest.split():
        yield f"When {auxiliary} {subject}{rest}"
    if not any(sign.isdigit() for sign in told) and not dated and len(told.split()) > 2 and _acts(subject):
        yield f"{auxiliary.capitalize()} {subject}{told}"


def _quantities(text: str) -> list[Quantity]:
    return [each for each in find_quantities(text) if each.measure in {Measure.MONEY, Measure.COUNT}]


def _end(text: str, quantity: Quantity) -> int:
    """Where the amount ends, its currency as a word included."""
    if not quantity.unit or text[quantity.span[0]] in "$£€¥₹":
        return quantity.span[1]
    named = re.match(rf"\s?{re.escape(quantity.unit)}s?\b", text[quantity.span[1] :], re.IGNORECASE)
    return quantity.span[1] + (named.end() if named else 0)


def _counted(text: str, quantity: Quantity) -> tuple[str, str] | None:
    """What is counted ("electric cars"), and what follows it; None where no plural stands there."""
    number = re.match(r"[\d.,]+(?:\s(?:hundred|thousand|million|billion))?|[\w-]+", text[quantity.span[0] :])
    after = text[quantity.span[0] + number.end() :].strip() if number else ""
    end = _NOUN_END.search(after)
    noun = after[: end.start()] if end else after
    last = noun.split()[-1] if noun.split() else ""
    plural = last.endswith("s") or last in {"people", "men", "women", "children"}
    fits = plural and len(noun.split()) <= 3 and not any(word.lower in FUNCTION_WORDS for word in split_words(noun))
    return (noun, f" {after[end.start() :].strip()}" if end else "") if fits else None


def _undated(text: str) -> tuple[str, bool]:
    """The text without its date, and whether there was one that could be taken out."""
    dates = [each for each in find_quantities(text) if each.measure is Measure.DATE]
    if len(dates) != 1:
        return text, False
    start, end = dates[0].span
    before, after = re.sub(_BEFORE_DATE, "", text[:start]), re.sub(_AFTER_DATE, "", text[end:])
    ends = not after.strip() or not before.strip() or after.split()[0] in _LINKED
    return (f"{before} {after}", True) if ends else (text, False)


def _acts(subject: str) -> bool:
    """Whether "who" stands for the subject: a person or a body, named and nothing else."""
    names = find_names(f"{subject} ")
    return len(names) == 1 and names[0].text == subject.strip() and names[0].kind is not NameKind.PLACE


def said_in(text: str, names: Sequence[str] = ()) -> Iterator[str]:
    """What everybody who speaks in a text says: about whom they name, else about `names`."""
    sentences = [read_sentence(text[start:end]) for start, end in sentence_spans(text)]
    vocabulary = Vocabulary(common_words([text]), frozenset(), {})
    for i, sentence in enumerate(sentences):
        for act in attributions(sentence, sentences[max(0, i - 2) : i], vocabulary):
            speaker = _speaker(clean(act.speaker), text)
            about = names_in(sentence.text[slice(*act.complement)], text) or names
            topic = [name for name in about if name.casefold().removeprefix("the ") not in speaker.casefold()][:2]
            if topic and speaker:
                yield f"What did {speaker} say about {' and '.join(topic)}?"


def _speaker(speaker: str, around: str) -> str:
    """Who speaks, as it stands in a question; "" for one that only the article can tell apart ("the company")."""
    if len(speaker) > _SPEAKER or PRONOUN.fullmatch(speaker) or speaker.endswith(("'s", "’s")):
        return ""
    if is_name(speaker, around):
        return _with_article(speaker, around)
    lowered = f"{speaker[0].lower()}{speaker[1:]}"
    return lowered if _SEVERAL.fullmatch(lowered) else ""


def names_in(text: str, around: str) -> list[str]:
    """The names in a text as they stand in a sentence, each once, without those that are part of another."""
    found = (name.text for name in find_names(text) if is_name(name.text, f"{text}\n{around}"))
    names = list(dict.fromkeys(name for name in found if len(name) > 2))  # "EU" and "EV" are no subject by themselves
    whole = [
        name for name in names if not any(name != other and name.casefold() in other.casefold() for other in names)
    ]
    return [f"the {name}" if _has_article(name, text) else _with_article(name, around) for name in whole]


def _has_article(name: str, text: str) -> bool:
    return re.search(rf"\bthe {re.escape(name)}(?![’'\s-]+\w)", text) is not None


def _with_article(name: str, around: str) -> str:
    """The name, with "the" where the text mostly writes so, or where English does whatever stands before it."""
    if name.rsplit(maxsplit=1)[-1] in _WITH_THE:
        return f"the {name.removeprefix('The ')}"
    found = len(re.findall(rf"\b{re.escape(name)}\b", around))
    with_article = len(re.findall(rf"\b[Tt]he {re.escape(name)}\b", around))
    mostly = with_article * 2 > found and (with_article > 1 or name.endswith("s"))
    return f"the {name}" if mostly else name
