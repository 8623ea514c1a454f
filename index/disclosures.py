"""What an article says of itself: that a machine wrote it, that it was paid for, that it is an opinion."""

import re
from functools import cache

from index.types import Nature

_KIND = r"(?:content|article|story|summary|post|text|report|piece|translation|page|newsletter|news)"
_THIS = rf"(?:this|the)(?: (?:above|following|news|blog|whole|entire))? {_KIND}"
_MACHINE = (
    r"(?:a\.?i\.?|artificial intelligence|chat ?gpt|gpt(?:-?\d\w*)?|claude|gemini|copilot|large language model|llms?"
    r"|language model|machine learning|automat(?:ed|ion)|algorithms?|generative ai|bots?)"
)
_MADE = (
    r"(?:generated|written|produced|created|drafted|translated|summari[sz]ed|compiled|edited|prepared|assisted"
    r"|published)"
)
# "The text was written with AI, police said" is news; what an article says of itself, it says of "this" article.
_AI = re.compile(
    rf"\b(?:this|(?:the )?(?:above|following)) (?:[\w-]+ ){{0,2}}{_KIND}\b.{{0,80}}\b(?:ai|a\.i\.|machine|auto\w*"
    rf"|computer)[- ]{_MADE}"
    rf"|\b(?:this|(?:the )?(?:above|following)) (?:[\w-]+ ){{0,2}}{_KIND}\b.{{0,80}}\b{_MADE}\b.{{0,40}}\b(?:by"
    rf"|with|using|from|through)\b"
    rf".{{0,40}}\b{_MACHINE}\b"
    rf"|\b{_MACHINE}\b.{{0,40}}\b(?:was|were) used\b.{{0,40}}\bthis {_KIND}\b"
    rf"|^\W*(?:ai|machine|auto\w*)[- ]{_MADE}(?: {_KIND})?\W*$"
    rf"|^\W*(?:ai|machine)[- ]{_MADE}\b.{{0,60}}\b(?:may|errors?|check|verify|mistakes?)\b"
    rf"|^\W*{_MADE} (?:entirely |partly |automatically )?(?:by|with|using)(?: the help of)? .{{0,30}}\b{_MACHINE}\W*$",
    re.IGNORECASE,
)
_SPONSORED = re.compile(
    rf"^\W*(?:sponsored(?: (?:content|post|article|story|by\b.{{0,60}}))?|paid (?:content|post|partnership|program"
    rf"|advertisement)|advertorial"
    rf"|(?:partner|brand|branded|promoted) (?:content|post)|(?:brought to you|presented) by\b.{{0,60}}"
    rf"|in (?:paid )?partnership with\b.{{0,60}}|promotion)\W*$"
    rf"|\b{_THIS}\b.{{0,30}}\b(?:is|was|has been)\b.{{0,20}}\b(?:sponsored|paid for|funded|commissioned"
    rf"|made possible) by\b"
    rf"|\b{_THIS}\b.{{0,20}}\b(?:is|contains|includes) (?:an? )?(?:paid|sponsored|advertis\w+|promotional"
    rf"|advertorial)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"^\W*(?:opinion|op-?ed|editorial|commentary|guest (?:column|essay|opinion)|column|letters? to the editor"
    r"|viewpoint|perspective)\W*$"
    r"|\b(?:views?|opinions?|thoughts)\b.{0,40}\b(?:expressed|presented|here|in this (?:article|column|commentary"
    r"|piece|essay))\b.{0,80}\b(?:own|author|writer|columnist|contributor)"
    r"|\b(?:opinion|guest) (?:contributor|columnist|essayist)\b",
    re.IGNORECASE,
)
_INTERESTS = re.compile(
    r"^\W*(?:full |\w+['’]s |additional )?(?:disclosures?|disclaimers?|conflicts? of interests?)\s?:"
    r"|\b(?:the )?(?:author|writer|columnist|reporter|i|we)\b.{0,60}\b(?:holds?|owns?|ha(?:s|ve)) (?:no |a "
    r"|any )?(?:shares?|positions?|stakes?|stocks?|long position|short position|interest)\b"
    r"|^\W*(?:[A-Z][\w.'’-]+ ){1,4}(?:has|owns|holds|have) (?:no |a )?(?:positions?|shares|stock)\b.{0,40}\b(?:in"
    r"|of)\b.{0,60}(?:mentioned|recommend)"
    r"|\bmay (?:earn|receive|get) (?:a |an )?(?:small |affiliate )*commissions?\b"
    r"|\b(?:our|this) (?:[\w-]+ ){0,2}(?:work|reporting|coverage|newsroom|story|project"
    r"|series)\b.{0,40}\b(?:supported|funded|made possible)\b"
    r"|\bpast performance\b.{0,60}\b(?:guarantee|indicat)|\bno recommendation or advice\b"
    r"|\bwe (?:may|might|could)\b.{0,40}\b(?:earn|receive|get)\b.{0,30}\b(?:commissions?|affiliate)\b"
    r"|\b(?:affiliate|commissions?)\b.{0,80}\b(?:our|these) links?\b"
    rf"|\b{_THIS}\b.{{0,40}}\b(?:produced|published|distributed|created|written)\b.{{0,40}}\bindependently (?:of"
    rf"|from)\b"
    r"|\bcontent partner\b.{0,120}\bindependently\b"
    rf"|\b{_THIS}\b.{{0,40}}\b(?:originally (?:appeared|published)|first (?:appeared|published)|was (?:provided"
    rf"|supplied|republished))\b"
    r"|\b(?:does not|is not|not (?:intended )?as|should not be (?:taken|considered"
    r"|construed) as)\b.{0,40}\b(?:financial|investment|legal|medical|professional) (?:advice|recommendation)",
    re.IGNORECASE,
)
# Each pattern with words of which one stands in whatever it fits; looking for these first spares it on ordinary prose.
_NATURES = (
    (
        Nature.AI,
        _AI,
        "%ai ai- ai%g a.i artificial gpt machine automat computer language%model generated claude gemini copilot"
        " bot algorithm",
    ),
    (
        Nature.SPONSORED,
        _SPONSORED,
        "sponsor paid advert partner promot presented brought%to commissioned funded made%possible",
    ),
    (
        Nature.OPINION,
        _OPINION,
        "opinion op-ed oped editorial commentary column letter viewpoint perspective expressed guest",
    ),
)
_INTEREST_CUES = (
    "disclos disclaim conflict holds%a holds%no holds%shares owns have%no has%no i/we position shares%in stake"
    " commission affiliate"
    " independently originally%appeared originally%published first%appeared first%published was%provided"
    " was%supplied republished"
    " advice recommendation guarantee indicat supported%by supported%in funded made%possible interest%in"
)

_LABEL = re.compile(r"\W*([^:|–—]{4,30}?)\s*(?::|\||\s[–—-]\s)\s*\S")

MAX_CHARACTERS = 500
"""Longer sentences tell of something; a disclosure is short."""


def is_disclosure(stretch: str) -> bool:
    """True if a sentence or a line tells the reader how the article came about or whom it serves."""
    if len(stretch) > MAX_CHARACTERS:
        return False
    return disclosed_nature(stretch) is not None or _fits(_INTERESTS, _INTEREST_CUES, stretch)


def disclosed_nature(stretch: str) -> Nature | None:
    """The nature that a sentence or a line says the article has; None where it says none."""
    if len(stretch) > MAX_CHARACTERS:
        return None
    return next((nature for nature, pattern, cues in _NATURES if _fits(pattern, cues, stretch)), None)


def titled_nature(title: str) -> Nature | None:
    """The nature that the label before a title says the article has ("Opinion: scrap the tram"); None without one."""
    label = _LABEL.match(title)
    return disclosed_nature(label[1]) if label else None


def _fits(pattern: re.Pattern[str], cues: str, stretch: str) -> bool:
    lowered = stretch.lower()
    return any(cue in lowered for cue in _cues(cues)) and bool(pattern.search(stretch))


@cache
def _cues(cues: str) -> tuple[str, ...]:
    return tuple(cue.replace("%", " ") for cue in cues.split())


__all__ = ["disclosed_nature", "is_disclosure", "titled_nature"]
