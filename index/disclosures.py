"""What an article says of itself: that a machine wrote it, that it was paid for, that it is an opinion."""

import re

from index.types import Nature

_THIS = r"(?:this|the)(?: (?:above|following|news|blog|whole|entire))? (?:content|article|story|summary|post|text|report|piece|translation|page|newsletter)"
_MACHINE = (
    r"(?:a\.?i\.?|artificial intelligence|chat ?gpt|gpt(?:-?\d\w*)?|claude|gemini|copilot|large language model|llms?"
    r"|language model|machine learning|automat(?:ed|ion)|algorithms?|generative ai|bots?)"
)
_AI = re.compile(
    rf"\b{_THIS}\b.{{0,80}}\b(?:ai|a\.i\.|machine|auto\w*|computer)[- ](?:generated|written|produced|created|assisted|translated|powered)"
    rf"|\b{_THIS}\b.{{0,60}}\b(?:generated|written|produced|created|drafted|translated|summari[sz]ed|compiled|edited|prepared|assisted)\b.{{0,40}}\b(?:by|with|using|from|through)\b.{{0,40}}\b{_MACHINE}\b"
    rf"|^\W*(?:ai|machine|auto\w*)[- ](?:generated|written|translated|assisted)(?: (?:content|article|summary|text|story|translation|news))?\W*$"
    rf"|^\W*(?:ai|machine)[- ](?:generated|written)\b.{{0,60}}\b(?:may|errors?|check|verify|mistakes?)\b"
    rf"|^\W*(?:written|generated|produced|created|translated|summari[sz]ed) (?:entirely |partly |automatically )?(?:by|with|using)(?: the help of)? .{{0,30}}\b{_MACHINE}\W*$",
    re.IGNORECASE,
)
_SPONSORED = re.compile(
    rf"^\W*(?:sponsored(?: (?:content|post|article|story|by\b.{{0,60}}))?|paid (?:content|post|partnership|program|advertisement)|advertorial"
    rf"|(?:partner|brand|branded|promoted) (?:content|post)|(?:brought to you|presented) by\b.{{0,60}}|in (?:paid )?partnership with\b.{{0,60}}|promotion)\W*$"
    rf"|\b{_THIS}\b.{{0,30}}\b(?:is|was|has been)\b.{{0,20}}\b(?:sponsored|paid for|funded|commissioned|made possible) by\b"
    rf"|\b{_THIS}\b.{{0,20}}\b(?:is|contains|includes) (?:an? )?(?:paid|sponsored|advertis\w+|promotional|advertorial)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"^\W*(?:opinion|op-?ed|editorial|commentary|guest (?:column|essay|opinion)|column|letters? to the editor|viewpoint|perspective)\W*$"
    r"|\b(?:views?|opinions?|thoughts)\b.{0,40}\b(?:expressed|presented|here|in this (?:article|column|commentary|piece|essay))\b.{0,80}\b(?:own|author|writer|columnist|contributor)"
    r"|\b(?:opinion|guest) (?:contributor|columnist|essayist)\b"
    r"|^\W*(?:view|read|see) more opinions?\b",
    re.IGNORECASE,
)
_INTERESTS = re.compile(
    r"^\W*(?:full )?(?:disclosures?|disclaimers?|conflicts? of interests?)\s?:"
    r"|\b(?:the )?(?:author|writer|columnist|reporter|i|we)\b.{0,60}\b(?:holds?|owns?|ha(?:s|ve)) (?:no |a |any )?(?:shares?|positions?|stakes?|stocks?|long position|short position|interest)\b"
    r"|^\W*(?:[A-Z][\w.'’-]+ ){1,4}(?:has|owns|holds|have) (?:no |a )?(?:positions?|shares|stock)\b.{0,40}\b(?:in|of)\b.{0,60}(?:mentioned|recommend)"
    r"|\bwe (?:may|might|could)\b.{0,40}\b(?:earn|receive|get)\b.{0,30}\b(?:commissions?|affiliate)\b"
    r"|\b(?:affiliate|commissions?)\b.{0,80}\b(?:our|these) links?\b"
    rf"|\b{_THIS}\b.{{0,40}}\b(?:produced|published|distributed|created|written)\b.{{0,40}}\bindependently (?:of|from)\b"
    r"|\bcontent partner\b.{0,120}\bindependently\b"
    rf"|\b{_THIS}\b.{{0,40}}\b(?:originally (?:appeared|published)|first (?:appeared|published)|was (?:provided|supplied|republished))\b"
    r"|\b(?:does not|is not|not (?:intended )?as|should not be (?:taken|considered|construed) as)\b.{0,40}\b(?:financial|investment|legal|medical|professional) (?:advice|recommendation)",
    re.IGNORECASE,
)
# One of these stands in every disclosure; looking for it first spares the long patterns on ordinary prose.
_CUES = (
    "this ", "the article", "the story", "the content", "generated", "written", "translated", "summari", "sponsor", "paid ",
    "advertorial", "content", "partner", "promot", "presented by", "brought to you", "opinion", "op-ed", "oped", "editorial",
    "commentary", "column", "letter", "view", "thoughts", "perspective", "disclos", "disclaim", "conflict", "share", "position",
    "stake", "stock", "interest", "commission", "affiliate", "advice", "recommendation",
)  # fmt: skip

MAX_CHARACTERS = 500
"""Longer sentences tell of something; a disclosure is short."""


def is_disclosure(stretch: str) -> bool:
    """True if a sentence or a line tells the reader how the article came about or whom it serves."""
    return len(stretch) <= MAX_CHARACTERS and (
        disclosed_nature(stretch) is not None or bool(_INTERESTS.search(stretch))
    )


def disclosed_nature(stretch: str) -> Nature | None:
    """The nature that a sentence or a line says the article has; None where it says none."""
    if len(stretch) > MAX_CHARACTERS or not _has_cue(stretch):
        return None
    for pattern, nature in ((_AI, Nature.AI), (_SPONSORED, Nature.SPONSORED), (_OPINION, Nature.OPINION)):
        if pattern.search(stretch):
            return nature
    return None


def _has_cue(stretch: str) -> bool:
    lowered = stretch.lower()
    return any(cue in lowered for cue in _CUES)


__all__ = ["disclosed_nature", "is_disclosure"]
