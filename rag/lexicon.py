"""English as news writes it: closed word classes, irregular forms, words that mean the same or the opposite.

Written by hand from grammar and from how reports are worded in general; nothing here knows a subject. The lists
are short on purpose: `rag.matching` treats them as one signal beside stems and vectors.
"""

import re

FUNCTION_WORDS = frozenset(
    """a an the this that these those some any each every either neither both all such same other another own
    i me my myself we us our ours ourselves you your yours he him his himself she her hers herself it its itself
    they them their theirs themselves one ones who whom whose which what when where why how whether
    and or but nor so yet if then than as because while although though unless until since after before during
    of in on at by for with from to into onto about over under between among through against within without across
    upon toward towards via per out up down off away back again
    am is are was were be been being do does did doing done have has had having
    can could will would shall should may might must ought
    not no n't isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't won't wouldn't can't cannot
    couldn't shouldn't mustn't
    there here also too very just only even still already ever never much many more most less least few several
    now today however meanwhile indeed rather quite really actually exactly currently please tell know
    it's that's there's he's she's they're we're you're i'm what's who's let's
    anybody anyone anything somebody someone something everybody everyone everything nobody nothing
    mr mrs ms dr s t re ve ll d m true accurate happen happened according article articles say says said
    """.split()
)

_IRREGULAR = """
arise arose arisen|bear bore borne|beat beaten|become became|begin began begun|bid bade|bind bound|bite bit bitten
blow blew blown|break broke broken|bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen
come came|cost costs|cut cuts|deal dealt|dig dug|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten
fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fly flew flown|forbid forbade forbidden
forecast forecasts|forget forgot forgotten|freeze froze frozen|get got gotten|give gave given|go went gone
grow grew grown|hang hung|hear heard|hide hid hidden|hit hits|hold held|keep kept|know knew known|lay laid|lead led
leave left|lend lent|lose lost loss losses losing|make made|mean meant|meet met meeting meetings|pay paid|prove proven
quit quits|read reads|ride rode ridden|ring rang rung|rise rose risen|run ran|see saw seen|seek sought
sell sold sale sales
send sent|set sets|shake shook shaken|shoot shot|shrink shrank shrunk|shut shuts|sing sang sung|sink sank sunk|sit sat
speak spoke spoken|spend spent|spread spreads|stand stood|steal stole stolen|stick stuck|strike struck stricken
swear swore sworn|sweep swept|swim swam swum|take took taken|teach taught|tear tore torn|tell told|think thought
throw threw thrown|understand understood|wake woke woken|wear wore worn|win won|withdraw withdrew withdrawn
write wrote written
die died death deaths dead|deny denied denial denials denies denying|refuse refusal|approve approval|refute refuted
choice choices choose|growth grow|birth born|good better best|bad worse worst|man men|woman women|child children
person people
analysis analyses|crisis crises|company companies|country countries|city cities|price prices pricing priced
partner partners partnership partnerships|strategic strategy strategies|product products production
negotiate negotiating negotiation negotiations
discuss discussed discussion discussions discussing|announce announcement announced|agree agreement agreements agreed
invest investment investments invested|manufacture manufacturing manufacturer manufacturers|acquire acquisition acquired
resign resignation resigned|appoint appointment appointed|elect election elected|arrest arrested
propose proposal proposed
employ employee employees employer employment|accuse accusation accused|allege allegation alleged alleges
suggest suggestion
receive receipt received|explode explosion|collide collision|decide decision|admit admission|permit permission
apply application applied|launch launches|warn warning warnings|oppose opposition opposed|marry marriage married
"""

IRREGULAR_FORMS: dict[str, str] = {
    form: forms[0] for line in _IRREGULAR.replace("\n", "|").split("|") if (forms := line.split()) for form in forms[1:]
}
"""Inflected or derived form to its base, where a stemmer does not see the two as one."""

# Words that answer for each other when a question is held against a sentence. A word may stand in several groups.
_SYNONYMS = """
buy acquire purchase takeover|sell sale|price cost priced pricing fee
talk discuss discussion negotiate conversation meet dialogue
deal agreement partnership collaboration pact accord alliance tie-up venture
partner team ally join collaborate cooperate
company firm business corporation group maker giant manufacturer|automaker carmaker manufacturer car-maker
car vehicle auto automobile
ev electric|phone smartphone handset|factory plant facility|build construct make produce manufacture
make produce manufacture create
launch introduce unveil release debut start begin|start begin commence initiate enter open
end stop finish halt cease close discontinue
deny reject refute dismiss rebut|say state tell claim declare announce|confirm acknowledge admit verify
announce unveil reveal disclose
report story article account news|rumour rumor speculation report|claim allege assert contend|accuse blame allege
lose loss|earn profit income gain make|revenue sales turnover|rise increase grow climb jump surge gain soar
fall drop decline decrease slump plunge shrink
cut reduce lower slash|raise increase lift hike|kill die death fatal|hurt injure wound|arrest detain custody
jail prison imprison sentence
judge court ruling|rule decide decision verdict|sue lawsuit suit litigation|charge indict accuse|win victory beat defeat
lose defeat beat
convict guilty conviction|acquit clear exonerate|badly seriously severely gravely|bad serious severe grave
elect vote election|president leader head|ceo chief boss executive head|chief boss head leader director
founder co-founder found
hire appoint name recruit|advise recommend suggest urge|reintroduce restore bring|avoid shun|commit pledge promise plan
fraud forge fake rig cheat
steal theft stolen rob robbery thief copy|go ongoing continue|late delay later|fire sack dismiss oust layoff
resign quit step leave depart|job role position post|worker employee staff
plan intend aim propose scheme|expect forecast predict anticipate project|try attempt seek|approach contact
approve approval permission licence license authorise authorize clear|ban prohibit outlaw forbid block bar
allow permit let
invest investment spend|fund finance money|lend loan|worth value valuation|big large huge biggest largest
small little tiny|fast quick rapid speed|old age aged|new latest recent|child kid|doctor physician|police officer cop
country nation state|government authority official|city town|area region|war conflict fighting|attack strike assault
fire blaze
storm hurricane cyclone|illness disease sickness|vaccine jab shot|study research survey|find discover
show reveal indicate suggest
help assist aid support|support back endorse|oppose resist criticise criticize|criticise criticize slam condemn
praise laud admire admiration commend applaud
happen occur place|cause reason trigger|need require want|want seek wish|use utilise utilize employ
get receive obtain gain
give provide offer supply|offer bid propose|pay salary wage|rich wealthy|film movie|show series programme program
singer musician artist star
author writer write byline|write author pen|publish release issue post|date day|name call title
call describe label dub brand
us usa america american|uk britain british|china chinese beijing
explore consider examine investigate weigh eye look
interest keen
challenge hurdle obstacle difficulty problem|benefit advantage upside gain|risk danger threat drawback worry
concern worry fear
license licence|supplier vendor|supply provide|battery cell|share stake stock|customer buyer consumer client user
unit vehicle car
deliver delivery ship|export ship|import tariff|tax levy duty tariff|strike walkout|protest demonstration rally
delay postpone late
cancel scrap abandon drop axe call|merge merger combine|own owner possess|founder start|train railway rail
plane aircraft jet flight
"""

SYNONYMS: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split()) for group in _SYNONYMS.replace("\n", "|").split("|") if group.strip()
)

_ANTONYMS = """
rise:fall drop decline decrease slump plunge shrink|increase:decrease fall drop decline cut reduce
grow:shrink fall decline|win:lose defeat|gain:lose loss
accept:reject refuse|approve:reject refuse block deny|confirm:deny reject refute|allow:ban block forbid prohibit
support:oppose reject
open:close shut|start:end stop halt|begin:end stop|succeed:fail|pass:fail|hire:fire sack layoff|guilty:innocent
legal:illegal
profit:loss lose|profitable:unprofitable loss-making|safe:unsafe dangerous|possible:impossible|raise:cut lower reduce
higher:lower|more:less fewer
remain:leave|stay:leave|alive:dead die|cheap:expensive|first:last|before:after|ahead:behind|public:private
agree:disagree|praise:criticise criticize slam
"""

ANTONYMS: dict[str, frozenset[str]] = {}
for _line in _ANTONYMS.replace("\n", "|").split("|"):
    if ":" in _line:
        _left, _rights = _line.split(":")
        for _right in _rights.split():
            ANTONYMS[_left] = ANTONYMS.get(_left, frozenset()) | {_right}
            ANTONYMS[_right] = ANTONYMS.get(_right, frozenset()) | {_left}

CONVERSES = frozenset(
    frozenset(pair.split("/"))
    for pair in """buy/sell purchase/sell acquire/sell lend/borrow import/export teach/learn give/take give/receiv
    send/receiv winner/loser buyer/seller employ/employe teacher/student doctor/patient parent/child mother/father
    husband/wife brother/sister son/daughter north/south east/west left/right morn/even day/night summer/winter
    older/younger plaintiff/defend arriv/depart arriv/leav attack/defend ask/answer question/answer cause/effect
    debt/credit suppli/demand""".split()
)
"""Pairs of stems that stand for two sides of one thing: near in meaning, and never one for the other."""

# Speech verbs: base, third person, past, participle. The past form is what an answer is written with.
_SPEECH = """
say says said saying|tell tells told telling|state states stated stating|call calls called calling
claim claims claimed claiming
deny denies denied denying|reject rejects rejected rejecting|dismiss dismisses dismissed dismissing
refute refutes refuted refuting
rebut rebuts rebutted rebutting|dispute disputes disputed disputing|announce announces announced announcing
report reports reported reporting
confirm confirms confirmed confirming|acknowledge acknowledges acknowledged acknowledging
admit admits admitted admitting
warn warns warned warning|insist insists insisted insisting|argue argues argued arguing|add adds added adding
note notes noted noting
suggest suggests suggested suggesting|explain explains explained explaining|predict predicts predicted predicting
describe describes described describing|emphasize emphasizes emphasized emphasizing
emphasise emphasises emphasised emphasising
stress stresses stressed stressing|allege alleges alleged alleging|accuse accuses accused accusing
declare declares declared declaring
reveal reveals revealed revealing|tweet tweets tweeted tweeting|write writes wrote writing
maintain maintains maintained maintaining
assert asserts asserted asserting|contend contends contended contending|reiterate reiterates reiterated reiterating
reply replies replied replying
respond responds responded responding|comment comments commented commenting|praise praises praised praising
criticise criticises criticised criticising
criticize criticizes criticized criticizing|condemn condemns condemned condemning|pledge pledges pledged pledging
promise promises promised promising
vow vows vowed vowing|urge urges urged urging|estimate estimates estimated estimating
believe believes believed believing|think thinks thought thinking|expect expects expected expecting
agree agrees agreed agreeing
voice voices voiced voicing|testify testifies testified testifying|testified testifies testified testifying
demand demands demanded demanding
complain complains complained complaining|apologise apologises apologised apologising
apologize apologizes apologized apologizing
label labels labelled labelling|tout touts touted touting|quip quips quipped quipping|recall recalls recalled recalling
remark remarks remarked remarking|dub dubs dubbed dubbing|concede concedes conceded conceding
caution cautions cautioned cautioning|lament laments lamented lamenting|proclaim proclaims proclaimed proclaiming
disclose discloses disclosed disclosing|mention mentions mentioned mentioning
"""

SPEECH_FORMS: dict[str, tuple[str, str]] = {
    form: (forms[0], forms[2])
    for line in _SPEECH.replace("\n", "|").split("|")
    if (forms := line.split())
    for form in forms
}
"""Each form of a speech verb to its base and its past form."""

DENIAL_VERBS = frozenset(["deny", "reject", "dismiss", "refute", "rebut", "dispute"])
CONFIRMING_VERBS = frozenset(["confirm", "acknowledge", "admit"])
WEAK_SPEECH = frozenset(
    "report suggest note believe expect agree voice estimate call label recall demand promise".split()
)
"""Forms of these are often nouns or no speech at all; they count only beside a speaker."""

NEGATIONS = frozenset(
    """not no never neither nor none nobody nothing without n't cannot isn't aren't wasn't weren't don't doesn't didn't
    hasn't haven't hadn't won't wouldn't can't couldn't shouldn't hardly barely""".split()
)
NEGATIVE_VERBS = frozenset(
    "fail refuse decline lack avoid stop prevent await bypass skip shun forgo eschew abandon scrap cancel".split()
)
"""Stems of verbs after which what follows did not happen."""

HEDGES = frozenset(
    """reportedly allegedly apparently possibly perhaps maybe probably likely unlikely presumably potentially supposedly
    rumoured rumored alleged suggests suggest suggested suggesting could may might would seems seem appears appear
    claims claimed claiming believed expected hypothesis speculation speculated unverified unconfirmed
    if rumors rumours rumor rumour considering considers""".split()
)
HEDGING = frozenset("reportedly allegedly apparently possibly perhaps maybe probably supposedly presumably".split())
"""Hedges that a question may carry without asking about them."""

PHRASE_VERBS = {
    "come out": "launch", "came out": "launched", "bring back": "reintroduce", "brought back": "reintroduced",
    "shut down": "close", "step down": "resign", "stepped down": "resigned", "take over": "acquire",
    "took over": "acquired", "call off": "cancel", "called off": "cancelled", "pull out": "withdraw",
    "pulled out": "withdrew", "lay off": "dismiss", "laid off": "dismissed", "turn down": "reject",
    "turned down": "rejected", "put off": "postpone", "look into": "investigate", "looking into": "investigating",
    "talk to": "discuss with", "talked to": "discussed with", "talking to": "discussing with", "shy away": "avoid",
    "team up": "partner", "teamed up": "partnered", "find out": "discover", "found out": "discovered",
    "gave up": "abandoned", "give up": "abandon", "set up": "found", "broke down": "failed", "break up": "split",
    "broke up": "split",
}  # fmt: skip
PHRASES = re.compile(rf"\b(?:{'|'.join(PHRASE_VERBS)})\b", re.IGNORECASE)
"""Verbs of two words, which their parts do not mean."""

MODAL_VERBS = frozenset("could may might would can should shall will".split())
MODALS = MODAL_VERBS - {"shall", "will"} | {"if", "hypothetically", "scenario"}
"""Hedges that make a statement a possibility, not a report."""
