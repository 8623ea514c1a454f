"""Which lines and sentences on a news page are not the article: prompts, adverts, links, labels, footers.

The rules follow how such furniture is worded in English: a command to the reader about the outlet itself, a label
with nothing after it, a link to something else. A sentence that reports on newsletters or cookies is not one. Each
pattern must fit from the start of the stretch, and long stretches are never furniture by a single pattern.
"""

import re
from enum import StrEnum

MAX_WORDS = 60
"""No single prompt is longer; what is, stays with the article."""


class Section(StrEnum):
    """What follows a heading that ends the article proper."""

    TEASERS = "teasers"
    """Other articles' titles and first lines; the article may go on below them."""
    COMMENTS = "comments"
    """What readers wrote, and the prompts to write; nothing of the article follows."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_OUTLET_MAIL = r"(?:newsletters?|inbox|e-?mail (?:alerts?|updates?)|alerts?|daily (?:digest|briefing)|briefing)"
_NETWORKS = (
    r"(?:twitter|x\b|facebook|instagram|threads|linkedin|whatsapp|telegram|youtube|tiktok|pinterest|reddit|bluesky"
    r"|mastodon|google news|apple news|flipboard|e-?mail|print|copy link|messenger|tumblr|line|sms|snapchat)"
)

# Commands to the reader, about the outlet.
_PROMPTS = _any(
    rf"(?:(?:to|if|for|want|don['’]t|would you|not a|need|never|stay|keep|be the"
    rf"|what['’]s)\b.{{0,120}}?[,:!?.]?\s*)?(?:you can |please |click (?:here )?to )?(?:sign[- ]?up"
    rf"|subscribe)\b.{{0,160}}\b(?:{_OUTLET_MAIL}|here|now|today|free|us|our|channel|podcasts?)\b",
    r"(?:get|receive|have)\b.{0,100}\b(?:newsletters?\b|(?:in|to|into|straight to"
    r"|delivered to) your (?:e-?mail )?inbox|on your phone)",
    r"(?:would you like|do you want|want) to (?:receive|get|read)\b.{0,60}\bnewsletters?\s*\?",
    r"enter your e-?mail(?: address)?\b",
    r"(?:your )?e-?mail address(?: will not be published.*)?\W*$",
    r"required fields are marked",
    r"(?:sign|log)[- ]?in(?:\s+(?:or|/|to|with|here|now|for)\b.{0,80})?\W*$",
    r"(?:sign[- ]?up|subscribe|register|join|donate)(?: (?:now|here|today|free|for free|to continue|with us))?\W*$",
    r"(?:register|create (?:an|your) (?:free )?account)\b.{0,60}\b(?:read|continue|comment|free|access)\b",
    r"(?:already|not) a (?:subscriber|member)\s*\?",
    r"already have an account\s*\?",
    r"subscribe to\b.{0,200}",
    r"(?:this (?:article|story|content) is (?:only )?(?:for|available to) (?:subscribers|members))",
    r"to (?:continue|keep) reading\b",
    r"(?:continue|keep) reading\W*(?:below|the main story|after the ad\w*)?\W*$",
    r"join the (?:conversation|discussion|debate)\b.{0,60}",
    r"(?:share|leave|post|add|submit|write) (?:your|a|an?) (?:thoughts?|comments?|repl(?:y|ies)|views?|opinions?"
    r"|feedback)\b.{0,60}",
    r"let us know (?:what you think )?(?:in the comments|below|your thoughts)",
    r"what do you think\?.{0,40}(?:comment|below|let us know).{0,40}",
    r"(?:be the first to comment|comments? (?:are|is) (?:now )?(?:closed|off|disabled)|no comments(?: yet)?"
    r"|(?:\d[\d,]*\s)?(?:view|show|see|load|hide) (?:all |more )?(?:\d+ )?comments?)\W*$",
    rf"follow (?:us|(?:the )?\w[\w .'’]{{0,60}}) (?:on|at|via)\b.{{0,30}}\b{_NETWORKS}.{{0,120}}",
    r"follow\b.{0,80}@\w+.{0,80}",
    r"(?:like|find|join|add|watch) us (?:on|at|as)\b.{0,80}",
    rf"(?:share|tweet|post|send)(?: this)?(?: (?:article|story|post|page|link|video))?(?: (?:on|via|with|by|to"
    rf"|this))?\s*(?:{_NETWORKS}[\s,|/·•]*(?:and |or |on )?)*[\W]*$",
    rf"(?:{_NETWORKS}[\s,|/·•]+){{2,}}.{{0,20}}$",
    r"(?:download|get|try) (?:the|our|your)\b.{0,60}\bapps?\b(?! store).{0,40}$",
    r"(?:support|help us|help fund|fund)\b.{0,60}\bjournalism\b",
    r"thank you for (?:supporting|reading|subscribing)\b",
    r"(?:click|tap|press)(?: or tap)? here\b",
    r"\(?(?:click|tap) (?:here|on the\b.{0,40}|to (?:view|expand|enlarge|play|read|watch|listen|see|share))\b.{0,60}$",
    r"(?:need a break\?|play the)\b.{0,80}\b(?:crossword|puzzle|quiz|game)s?\b",
    r"(?:read|see|view|show|load|find|discover|learn|explore|watch|listen to|hear) (?:more|all|next|now|also|on)\W*$",
    r"check (?:out )?(?:your|the) (?:local )?(?:weather )?forecast\b",
    r"(?:you are|you['’]re|you have|you['’]ve) (?:now )?(?:reached|read|used|reading) your\b.{0,60}\b(?:limit"
    r"|articles?)\b",
    r"(?:allow|enable|turn on|accept) (?:push )?(?:notifications|javascript|cookies)\b",
    r"(?:please )?(?:enable|turn on) javascript\b",
    r"(?:please )?(?:disable|turn off|whitelist)\b.{0,40}\bad[- ]?block",
    r"skip (?:to (?:main |the )?(?:content|navigation|article|footer)|advert\w*|ad|navigation)\W*$",
    r"(?:back to|return to|go to) (?:the )?(?:top|home(?:page)?|main page|article|all (?:news|stories))\W*$",
    r"(?:we will|we['’]ll|we may|we) use (?:the |your )?(?:details|information|data|personal data|cookies)\b",
    r"(?:this|our|the) (?:web)?site uses cookies\b",
    r"(?:by (?:continuing|clicking|signing|submitting|using|browsing|registering|subscribing|providing"
    r"|entering))\b.{0,200}\b(?:agree|consent|accept|terms|privacy|cookies)\b",
    r"you (?:can|may) (?:unsubscribe|opt out|withdraw your consent|manage your (?:cookies|preferences|subscription))\b",
    r"(?:accept|reject|manage|customi[sz]e|allow|decline)(?: all| my)?(?: (?:cookies?|preferences|settings"
    r"|choices))\W*$",
    r"(?:accept|reject|decline) all\W*$",
    r"(?:if you wish to object|.{0,60}as detailed here)\b.{0,80}$",
    r"(?:your )?(?:privacy|cookie) (?:policy|notice|settings|preferences|choices)\b.{0,60}$",
    r"(?:was this|did you (?:find|like|enjoy) this|how useful was this|rate this)\b.{0,60}",
    r"(?:allow|accept|show|load) content (?:from|provided by)\b.{0,80}",
    r"we ask for your permission\b.{0,200}",
    r"(?:to view|in order to view|to see|to play) this (?:content|video|post|embed|element|map)\b.{0,160}",
    r"this (?:content|video|post|embed|element|map|feature)\b.{0,60}\b(?:not available|unavailable"
    r"|cannot be (?:displayed|loaded|shown)|could not be loaded|is hosted by)\b.{0,100}",
    r"(?:read|view|see) more (?:opinions?|stories|news|coverage|commentary) (?:at|on|in|from)\b.{0,60}",
    r"(?:thank you|thanks) for your (?:report|feedback|interest|support|comment|vote|subscription)\b.{0,60}",
    r"report (?:it|this|an? (?:error|typo|mistake|problem|correction|abuse))\b.{0,60}$",
    r"(?:can['’]t find|not|was not|wasn['’]t) what you were looking for\?.{0,60}",
    r"(?:try|use) our search\b.{0,30}$",
    r"(?:send|give|leave) us (?:your )?(?:feedback|comments?|tips?)\b.{0,60}$",
    r"(?:learn|find out) more about (?:our|us|the (?:author|newsroom))\b.{0,60}$",
    r"(?:republish|reuse|reprint|order reprints?|buy (?:this )?(?:photo|print|reprints?)|request permission"
    r"|purchase licensing)\b.{0,60}$",
    r"if you have (?:a tip|information|questions|something to share|a story)\b.{0,120}\b(?:contact|e-?mail|write"
    r"|call|reach|message|let us know)\b.{0,120}",
    r"(?:please |if you (?:enjoyed|liked?|found)\b.{0,60}?,\s?(?:please )?)?(?:consider (?:subscribing|donating"
    r"|becoming|leaving|supporting|sharing)|read|forward|follow|share"
    r"|subscribe|join|sign up|download|get|become|tell)\b.{0,100}\b(?:newsletters?|this (?:e-?mail|post|article"
    r"|story|page)|rss|feed|a (?:member|subscriber|supporter|friend)|our (?:newsletters?|journalism|apps?"
    r"|channels?|page|site|website)|podcast)\b",
    r"support (?:our|your|local|independent|quality|public)\b.{0,30}\b(?:news|journalism|newsroom|reporting|media"
    r"|work)\b",
    r"(?:share|follow)(?: us)? on social media\W*$",
    r"view (?:this (?:e-?mail|newsletter) )?in (?:your |a |the )?(?:web )?browser\W*$",
    r"you (?:are |have )?receiv(?:ed?|ing) this (?:e-?mail|newsletter|message) because\b.{0,120}",
    r"unsubscribe\b.{0,60}$",
    r"printed from\b.{0,80}$",
    r"best viewed (?:at|in|with)\b.{0,60}$",
    r"(?:mail|e-?mail|send) (?:this )?(?:page |article |story )?to a friend\W*$",
    r"that['’]s (?:it|all)(?: from (?:us|me))? for (?:today|now|this week|tonight)\b.{0,40}$",
    r"for the full\b.{0,60}\bclick\b.{0,40}",
    r"our standards?:.{0,80}\bprinciples\b.{0,40}",
    r"(?:have|got|do you have) (?:a|any)?\s?(?:news )?(?:tips?|story|stories|question|feedback"
    r"|comments?)\b.{0,30}\?.{0,60}$",
    r"(?:please )?(?:send|submit|e-?mail) (?:us )?(?:your )?(?:news )?(?:tips?|letters?|feedback|questions"
    r"|comments|corrections)\b.{0,60}(?:to|at|us)\b",
)

# Labels, buttons and adverts that stand alone on a line.
_LABELS = _any(
    r"(?:ad|ads|advert|advertisements?|advertising|advertise(?: with us)?|sponsored links?|promoted(?: content"
    r"| links| stories)?|paid links?)",
    r"(?:article|story) continues (?:below|after)(?: (?:this|the))?(?: ad\w*)?",
    r"(?:scroll (?:down )?(?:to|for)|scroll down)\b.{0,40}",
    r"(?:date|time|author|writer|by|source|sources|share|share (?:this )?(?:post|article|story|page)|category"
    r"|categories|section|topics?|tags?|views?|comments?|print|save|bookmark|listen|language|edition|location"
    r"|photo|photos|image|video|caption|credit|published|updated|posted|posted in|posted by|filed under"
    r"|reading time|facebook|email|follow|rate this(?: article)?|like|gallery|more)\s*:",
    rf"(?:{_NETWORKS}|share|tweet|pin(?: it)?|e-?mail|print|save|bookmark|reply|report|flag|like|dislike|upvote"
    rf"|comment|listen|play|pause|mute|unmute|close|menu|search|home|home ?page|subscribe|login|log ?out|register"
    rf"|next|previous|prev|older posts?|newer posts?|loading|more options|copy(?: link)?|link copied!?|copied"
    rf"|translate|text size|font size|toggle navigation|navigation|breadcrumbs?|sections|latest|trending|popular"
    rf"|newsletters?|podcasts?|e-?paper|shop|rss|sitemap|help|faq|about(?: us)?|contact(?: us)?|careers|jobs|terms"
    rf"|privacy|cookies|accessibility|feedback|gift this article|share full article|follow us|follow|following"
    rf"|print(?:er)?[- ]friendly(?: version| pdf)?|contacts? for (?:the )?(?:media|press)|about the authors?"
    rf"|meet the authors?|report abuse|report it|live reporting|copy (?:the )?(?:story |article |page )?link"
    rf"|table of contents|contents|(?:subscribers?|members?|premium|digital)[ -](?:only|exclusive)"
    rf"|today['’]s paper|today['’]s e-?paper|what we['’]re (?:watching|reading|following)|filed under|like this"
    rf"|like loading)",
    r"(?:for immediate release|(?:press|media|news) release|under embargo\b.{0,60}|embargoed until\b.{0,60})",
    r"(?:tags?|topics?)(?: ?[/&] ?keywords?)?\s?:?",
    r"(?:media|press|news|investor|public)(?: relations)? (?:contacts?|enquir(?:y|ies)|inquir(?:y|ies)|relations)\s?:?",
    r"(?:read|available|also) in (?:[A-Z]\w+|other languages)",
    r"(?:posted|filed|published) (?:in|under) (?:[\w&'’-]+,? ?){1,6}",
    r"(?:previous|next|prev)(?: (?:article|post|story|page|slide|up))?\s*[:»›→>]?.{0,8}",
    r"\d+\s*(?:min(?:ute)?s?\.?)[ -](?:read|listen|watch)(?:ing time)?",
    r"(?:reading time|read time|time to read|listen to (?:this )?(?:article|story|audio version))\b.{0,40}",
    r"\d[\d,.]*\s?[km]?\s+(?:shares?|views?|likes?|reads|reactions?|votes?|retweets?|followers)",
    r"(?:just watched|video ad feedback|replay|more videos?.{0,20}|must watch|now playing|up next|watch live"
    r"|live tv|watch now|play video)\b.{0,60}",
    r"(?:\[?(?:image|photo|video|gallery|map|chart|graphic|embed|tweet|iframe)\]?)",
    r"loading\W*(?:please wait\W*)?",
    r"[\W_]+",
)

# Links to something else, with its title behind.
_LINKS = _any(
    r"(?:read|see|watch|listen|also read|related|recommended|don['’]t miss|must[- ]read|in (?:photos"
    r"|pictures))(?: (?:more|also|next|now|on|read|it|the full\b.{0,20}|story|stories|articles?|coverage|news"
    r"|content|reading|video|links?|on .{0,30}))*\s*(?::|\||»|>>|→|–|—)\s*\S.{2,200}",
    r"more(?: (?:on|from|about|news|coverage|stories)(?: .{0,40})?)?\s*:\s*\S.{2,200}",
    r"(?:previously|read (?:more|next|also|on)|also read|see also|more on this|up next|more here|full story"
    r"|full coverage|live updates?)\s*(?::|»|>>|→)\s*\S.{0,200}",
    r"(?:read|see) (?:our |the )?(?:full|original|whole|complete) (?:story|article|report|post|interview|statement"
    r"|list|coverage) (?:here|at|on)\b.{0,100}",
    r"(?:for more (?:updates|news|stories|coverage|on this|from|like this)|to read more"
    r"|to learn more)\b.{0,80}\b(?:visit|click|see|go to|follow|check|subscribe)\b.{0,100}",
    r"https?://\S+",
)

# Footers: rights, contact, corporate.
_FOOTERS = _any(
    r"(?:copyright\s*(?:©|\(c\)|\d{4}|by\b|held\b)|\(c\)\s*\d{4}|©).{0,120}|copyright",
    r".{0,100}\ball rights reserved\b.{0,120}",
    r"(?:terms (?:of (?:use|service)|and conditions|& conditions)|privacy (?:policy|notice)|cookie policy"
    r"|do not sell)\b.{0,120}",
    r"this material may not be (?:published|reproduced|broadcast)\b.{0,160}",
    r"(?:this|the) (?:document|content|material|article|work) is (?:subject to|protected by) copyright\b.{0,400}",
    r"citation:\s.{0,200}\bretrieved\b.{0,160}",
    r"journal information:.{0,80}",
    r"(?:this (?:work|article|story) is licensed under\b.{0,120}|creative commons\b.{0,80})",
    r"a version of this (?:article|story|column) (?:appears|appeared|ran) in print\b.{0,200}",
    r"(?:powered|designed|developed|hosted) by\s\S.{0,40}",
    r"(?:📩|📧|✉|☎|📞|🖂)\W*.{0,100}",
    r"(?:contact|reach|e-?mail|write to|call|message|text)\b(?: (?:us|the (?:newsroom|author|reporter|writer"
    r"|editor)|him|her|them|(?:[A-Z][\w'’.-]+ ?){1,4}))?\s?(?:at|on|via|:)\s.{0,60}(?:@|\d{3}[-. ]\d{4}).{0,80}",
    r"[^.!?]{0,120}\b(?:reach(?:ed)?|follow|contact|e-?mail) (?:him|her|them|the author)\b.{0,80}(?:@|\btwitter"
    r"|\bfacebook|\bx\b|\d{3}[-. ]\d{4}).{0,80}",
    r"(?:tel|phone|fax|mobile|whatsapp)\W{1,3}[+\d(][\d\s().-]{6,20}",
    r"(?:seo )?(?:(?:tags?|topics?) ?[/&] ?keywords?|keywords?|key words|meta (?:description|title|keywords)|tags?"
    r"|topics|hashtags|focus keyphrase|search terms|filed under|posted in|categories"
    r"|labels)\b\s?(?:\([^)]{0,40}\))?\s?:\s?\S.*",
    r"(?:#\w+[\s,]*){2,}",
)
_MAIL_LINE = re.compile(r"[^.!?]{0,120}[\w.+-]+@[\w-]+\.[\w.-]+\W*", re.IGNORECASE)
_ADDRESS_LINE = re.compile(
    r"[^.!?]{0,40}\b\d{1,5}\s(?:[A-Z][\w'’]+\s){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Lane|Way"
    r"|Plaza|Suite|Square)\b.{0,120}\d{4,5}.{0,60}"
)

_OUTLET = re.compile(
    r"\b(?:our|we|us)\b.{0,80}\b(?:editors?|reporters?|newsroom|journalis\w+|newsletters?|inbox|stories|readers"
    r"|coverage|subscribers?"
    r"|members|app|website|mission)\b|\b(?:is|are) (?:an? )?(?:non-?profit|independent|reader-funded"
    r"|member-supported)\b.{0,40}"
    r"\b(?:newsroom|news (?:organi[sz]ation|outlet|site|agency)|publication|magazine)\b|\bnewsletters?\b"
    r"|\byour inbox\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|\+\d[\d\s().-]{7,}\d|\(?\b\d{3}\)?[-. ]\d{3,4}[-. ]\d{4}\b")

_TEASER_HEADING = _any(
    r"(?:\d[\d,.]*k? )?(?:related|similar|recommended|suggested|popular|trending|latest|recent|top|featured|other"
    r"|further|more|most (?:read|popular|viewed|shared|recent)|editor['’]?s['’]? (?:picks?"
    r"|choice))(?: (?:articles?|stories|story|posts?|news|reading|reads|content|coverage|videos?|links?|topics?"
    r"|headlines|now|today|for you|from us|in .{1,30}|on .{1,40}|from .{1,40}|like this))+",
    r"(?:more (?:(?:articles?|stories|posts|news|columns) )?(?:from|on|in|about|like|by) .{1,50}|most (?:read"
    r"|popular|viewed|shared)|trending(?: now)?|read next|read more|see more|related|recommended"
    r"|editor['’]?s['’]? picks?|don['’]t miss|in case you missed it|what to read next|you (?:may|might"
    r"|could) (?:also )?(?:like|be interested in|enjoy|have missed).{0,20}|people (?:also|are) (?:read|reading"
    r"|viewed)|around the web|from (?:around )?the web|from our (?:partners|sponsors)|(?:sponsored"
    r"|promoted) (?:stories|content|links)|paid content|next story|more stories|keep reading|also on .{1,30}"
    r"|also read|elsewhere on .{1,30}|latest (?:news|updates)|breaking news|explore more (?:on|about|in) .{1,40}"
    r"|in this (?:story|article)|topics in this (?:story|article))",
)
_COMMENT_HEADING = _any(
    r"(?:\(?\d[\d,]*\)?\s+)?(?:comments?|repl(?:y|ies)|responses?|thoughts?)(?:\s*\(\d[\d,]*\))?(?: on .{1,120})?",
    r"(?:leave|post|add|write) (?:a|your) (?:comment|reply)",
    r"(?:reader|user|recent|top|all) comments",
    r"join the (?:conversation|discussion)|(?:your|share your) (?:thoughts|views|comments)|the conversation"
    r"|discussion|have your say|what do you think\??",
)
_COMMENT_PROMPT = re.compile(
    r"\b(?:comment|sign in|log in|thoughts|repl(?:y|ies)|join the|your email|login|moderat|community guidelines"
    r"|oldest|newest)\b",
    re.IGNORECASE,
)
_DECORATION = "\"'“”‘’*_#>»›→▶►•◦▪●·|-–—=~⇒➤👉🔴📌 \t\u00a0\u200b\ufeff[](){}<:!.…"


def is_boilerplate(stretch: str) -> bool:
    """True if a sentence or a line is, on its own, no part of any article."""
    bare = stretch.strip(_DECORATION)
    if not bare:
        return True
    if len(bare.split()) > MAX_WORDS and not _FOOTERS.match(bare):
        return False
    return bool(
        _LABELS.fullmatch(bare)
        or _LABELS.fullmatch(stretch.strip())
        or _PROMPTS.match(bare)
        or _LINKS.fullmatch(bare)
        or _FOOTERS.fullmatch(bare)
        or _FOOTERS.fullmatch(stretch.strip())
        or ("@" in bare and _MAIL_LINE.fullmatch(bare))
    )


def is_contact(line: str) -> bool:
    """True for a postal address, a mail address or a telephone number with little around it.

    Below an article that is the outlet's; within one it may be what the article is about.
    """
    words = len(line.split())
    return bool(words <= 25 and _ADDRESS_LINE.fullmatch(line)) or bool(words <= 12 and _CONTACT.search(line))


def speaks_for_outlet(sentence: str) -> bool:
    """True for a sentence in which an outlet speaks of itself; with a prompt beside it both are furniture."""
    return len(sentence.split()) <= MAX_WORDS and bool(_OUTLET.search(sentence))


def is_comment_prompt(line: str) -> bool:
    """True for a short line that asks readers to write, sign in or sort what others wrote."""
    return len(line.split()) <= 12 and bool(_COMMENT_PROMPT.search(line))


def section_opened(line: str, following: str) -> Section | None:
    """The kind of section that a line opens as its heading, given the next line; None for any other line."""
    bare = line.strip(_DECORATION.replace("(", "").replace(")", ""))
    if not bare or len(bare) > 120:
        return None
    counted = bare[0] in "(0123456789" or bare[-1] == ")"
    if _COMMENT_HEADING.fullmatch(bare) and (counted or is_comment_prompt(following)):
        return Section.COMMENTS
    if len(bare) <= 70 and _TEASER_HEADING.fullmatch(bare):
        return Section.TEASERS
    return None


__all__ = ["Section", "is_boilerplate", "is_comment_prompt", "is_contact", "section_opened", "speaks_for_outlet"]
