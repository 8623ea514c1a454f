"""Verdicts, confidence, stances and dates in the words that every face uses."""

from datetime import date

from index.types import Entry, Nature
from rag.types import Answer, Citation, Evidence, Stance, Support, Verdict
from ui.plain import one_line

NO_PUBLISHER = "publisher not given"
NO_DATE = "date not given"

_VERDICTS = {
    Verdict.YES: "Yes",
    Verdict.NO: "No",
    Verdict.DISPUTED: "Disputed",
    Verdict.ANSWERED: "On record",
    Verdict.UNKNOWN: "Not on record",
}

_CONFIDENCE = ((0.9, "high confidence"), (0.7, "fair confidence"), (0.5, "some confidence"), (0.0, "low confidence"))

_STANCES = {Stance.ASSERTS: "asserts", Stance.DENIES: "denies", Stance.NEUTRAL: "takes no side"}

_NOTICES = {
    Nature.AI: "AI-generated",
    Nature.OPINION: "Opinion",
    Nature.BLOG: "Blog",
    Nature.SPONSORED: "Sponsored",
}


def headline(answer: Answer) -> str:
    """The answer in a word or a name: its verdict, or `short` where the question asked for something else."""
    if answer.verdict is Verdict.ANSWERED and answer.short:
        return _opening(one_line(answer.short))
    return _VERDICTS[answer.verdict]


def body(answer: Answer) -> str:
    """The answer's text without a first sentence that only repeats the headline."""
    first = f"{headline(answer)}. "
    return answer.text[len(first) :] if answer.text.casefold().startswith(first.casefold()) else answer.text


def verdict_words(answer: Answer) -> str:
    """What the verdict means for the reader, and how sure it is, in one line."""
    sure = f"{sentence_case(confidence_words(answer.confidence))}."
    if answer.verdict is Verdict.UNKNOWN:
        return f"The articles do not answer this. {sure}"
    if answer.verdict is Verdict.DISPUTED:
        return f"Sources contradict each other. {sure}"
    return sure


def check_words(citation: Citation) -> str:
    """What came of checking a citation: whether its words stand in the article, and back what cites them."""
    if not citation.verbatim:
        return "Not confirmed: these words do not stand in the article as quoted"
    if citation.support is not Support.SUPPORTED:
        return "Not confirmed by the check: these words stand in the article, but may not back what cites them"
    return "Checked: these words stand in the article and back what cites them"


def sources_by_article(answer: Answer) -> list[list[tuple[Evidence, int | None]]]:
    """The answer's sources, those of one article together, each with the n of the citation that quotes it, or None."""
    numbers = {(citation.article.id, citation.start): citation.n for citation in answer.citations}
    articles: dict[str, list[tuple[Evidence, int | None]]] = {}
    for source in answer.sources:
        said = (source, numbers.get((source.article.id, source.span[0])))
        articles.setdefault(source.article.id, []).append(said)
    return list(articles.values())


def confidence_words(confidence: float) -> str:
    """The chance (0..1) that an answer is right, in words."""
    return next(words for floor, words in _CONFIDENCE if confidence >= floor or floor == 0.0)


def stance_words(said: Evidence | Citation) -> str:
    """What it does to the claim: "asserts", "denies" or "takes no side", and whether with reserve."""
    return f"{_STANCES[said.stance]}{', with reserve' if said.hedged else ''}"


def speaker_words(said: Evidence | Citation) -> str:
    """Who says it: the person or company quoted, or the article in its own voice."""
    return one_line(said.speaker) if said.speaker else "the article"


def publisher_words(article: Entry) -> str:
    """The publisher, or that none is given."""
    return one_line(article.publisher) if article.publisher else NO_PUBLISHER


def place_words(article: Entry) -> str:
    """Where an article stands: publisher, day, and what it is where it is no plain report."""
    parts = (publisher_words(article), date_words(article.published), notice_words(article))
    return " · ".join(part for part in parts if part)


def title_words(article: Entry) -> str:
    """The title, or the id of an article without one."""
    return one_line(article.title) or article.id


def notice_words(article: Entry) -> str | None:
    """What a reader must know of an article that is not a plain news report; None for one that is."""
    return None if article.nature is None else _NOTICES.get(article.nature)


def date_words(published: str | None) -> str:
    """An ISO date in words, as precise as it is given: "2 February 2026", "February 2026", "2026"."""
    if not published:
        return NO_DATE
    day = published[:10]
    try:
        match len(day.split("-")):
            case 3:
                exact = date.fromisoformat(day)
                return f"{exact.day} {exact:%B %Y}"
            case 2:
                return f"{date.fromisoformat(f'{day}-01'):%B %Y}"
    except ValueError:
        return one_line(published)
    return one_line(published)


def _opening(words: str) -> str:
    """The words as they open a line: names such as "iPhone" keep their small letter."""
    first = words.split(maxsplit=1)[0] if words else ""
    return words if any(letter.isupper() for letter in first) else sentence_case(words)


def period_words(since: str | None, until: str | None) -> str:
    """The days that articles are limited to: "published from 2 February 2026", "published in 2025"."""
    if since and until:
        if since == until:
            return f"published {'on' if since.count('-') > 1 else 'in'} {date_words(since)}"
        return f"published from {date_words(since)} until {date_words(until)}"
    return f"published from {date_words(since)}" if since else f"published until {date_words(until)}"


def recent_words(said: str, since: str | None, until: str | None) -> str:
    """The days that `said` ("this week") means: "this week: 16 November 2026 to 22 November 2026"."""
    days = (date_words(since), date_words(until))
    return f"{said.lower()}: {days[0] if days[0] == days[1] else ' to '.join(days)}"


def sentence_case(words: str) -> str:
    """The same with a capital first letter; names further on keep theirs."""
    return words[:1].upper() + words[1:]


def count_words(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun, such as "1 article" or "3 articles"; `many` where the plural is not made by an s."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
