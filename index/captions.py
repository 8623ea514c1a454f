"""Which lines stand under a picture, and which only name its photographer."""

import re

_PICTURE_AGENCIES = (
    r"(?:getty(?: images)?|ap photo|epa(?:-efe)?|shutterstock|istock(?:photo)?|alamy(?: stock photo)?|vcg|nurphoto"
    r"|sipa(?: usa)?"
    r"|zuma(?: press)?|pa (?:images|wire|media)|wikimedia(?: commons)?|unsplash|pexels|pixabay|polaris|redux"
    r"|magnum|imagn(?: images)?"
    r"|icon sportswire|usa today sports)"
)
# These send out text as well, so their name alone in brackets is a source, not a credit.
_AGENCIES = (
    rf"(?:{_PICTURE_AGENCIES}|afp|ap|associated press|reuters|efe|bloomberg(?: news)?|anadolu(?: agency)?|xinhua"
    rf"|usa today(?: network)?"
    r"|cnn|nbc|abc|cbs|fox|bbc|kyodo(?: news)?|tass|sputnik|pool|handout)"
)
_LABELLED = (
    r"(?:photo(?:graph)?(?:s|y)?|image|picture|video|pic|illustration|graphic|screengrab|screenshot|file photo)s?"
    r"(?:\s(?:credits?|courtesy|source|illustration))*"
)
_CREDIT = re.compile(
    rf"\(\s?(?:\w+\s){{0,3}}{_LABELLED}\s?(?::|/|\bby\b|\bcourtesy\b|\bvia\b)\s?[^()]{{1,120}}\)\.?$"
    rf"|(?:^|[.!?”\"]\s){_LABELLED}\s?(?::|/|\bby\b|\bcourtesy\b)\s?\S.{{0,80}}$"
    r"|[.!?”\"]\s(?:credits?|picture credits?)\s?:\s?\S.{0,80}$"
    rf"|/{_AGENCIES}(?:/[\w .]{{1,40}}){{0,3}}(?:\s(?:images|photo|file))?\)?\.?$"
    rf"|(?:©\s?(?:\d{{4}}\s)?|\|\s?|\bvia\s){_AGENCIES}(?:/[\w .]{{1,40}}){{0,3}}\)?$"
    rf"|(?:\(|,\s|\.\s|[-–—]\s){_PICTURE_AGENCIES}(?:/[\w .]{{1,40}}){{0,3}}\)?$"
    r"|[.!?”\"]\s(?:[A-Z][\w.'’-]+\s){1,3}[A-Z][\w.'’-]+\s?/\s?[A-Z][\w .’'-]{2,40}(?:\s[Bb]uy this photo)?$"
    r"|[.!?”\"]\s[\w .’'-]{3,40}\b(?:archives?|collection|estate)$"
    r"|\b(?:AP|REUTERS|AFP)(?:\sphoto)?/[\w .'’-]{2,60}\)?(?:/File)?\.?$"
    r"|\b(?:file|representative|representational|stock|handout|archive|submitted|contributed|supplied)\s(?:photo"
    r"|image|picture)\b[^.!?]{0,60}\.?$"
    r"|[.!?”\"]\s(?:courtesy(?: of)?|contributed photo/?)\s?[\w .'’/&-]{2,60}$",
    re.IGNORECASE,
)
_CREDIT_ONLY = re.compile(
    r"(?-i:[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){1,3}\s?/\s?(?:[A-Z][\w.&’'-]+\s)*(?:Sheet|Times|News|Post|Press"
    r"|Journal|Herald"
    r"|Tribune|Chronicle|Gazette|Echo|Star|Sun|Images|Pool|Agency|Network|Today))|"
    rf"(?:[\w.'’-]+(?:\s[\w.'’-]+){{0,5}})?(?:/[\w .'’-]{{1,40}}){{0,4}}/{_AGENCIES}(?:/[\w .]{{1,40}}){{0,3}}"
    rf"|{_AGENCIES}(?:/[\w .'’-]{{1,40}}){{1,4}}"
    r"|(?:photo|image|picture|video|illustration)s?(?: credits?| by| courtesy(?: of)?"
    r"| source)?\s?[:/]\s?[\w .'’/&,-]{2,80}"
    r"|(?:photo|image|picture|illustration)s? by [\w .'’/&,-]{2,60}|(?:courtesy(?: of)?"
    r"|contributed photo/)\s?[\w .'’/&-]{2,60}"
    r"|.{0,40}\b(?:cnn|photo|graphics?) illustration",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:photo|image|picture|video|caption|in this (?:file )?photo|pictured)\s?:\s\S", re.IGNORECASE)
# One of these stands in every credit; looking for it first spares the long patterns on ordinary prose.
_CUES = (
    "photo", "image", "picture", "video", "pic by", "illustration", "graphic", "screen", "courtesy", "credit",
    "archive", "collection", "estate", "/", "©", "via ", "caption",
    "getty", "epa", "shutterstock", "istock", "alamy", "vcg", "sipa", "zuma", "pa media", "pa wire", "wikimedia",
    "unsplash",
    "pexels", "pixabay", "polaris", "redux", "magnum", "icon sportswire", "usa today sports",
)  # fmt: skip

MAX_CHARACTERS = 600


def is_caption(line: str) -> bool:
    """True if a line describes a picture, known by the credit at its end or the label before it."""
    if len(line) > MAX_CHARACTERS or not _has_cue(line):
        return False
    return bool(_CREDIT.search(line) or _LABEL.match(line))


def is_credit(line: str) -> bool:
    """True if a line names a photographer or a picture agency and describes nothing."""
    return len(line) <= 120 and _has_cue(line) and bool(_CREDIT_ONLY.fullmatch(line.strip(" ().|©")))


def _has_cue(line: str) -> bool:
    lowered = line.lower()
    return any(cue in lowered for cue in _CUES)


__all__ = ["is_caption", "is_credit"]
