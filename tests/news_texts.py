"""Invented news texts of different build, each line marked with what it is, to measure `index.anatomy` on.

The mark stands before the bar: t title, b byline, d date, . body, c caption, s disclosure, ~ boilerplate.
"""

WIRE = """
t|Grain ship leaves Varna after four-week delay
b|By Milena Petrova
d|June 3, 2025 9:14 AM GMT

.|VARNA, June 3 (Agency) - A ship carrying 40,000 tonnes of wheat left the Bulgarian port of Varna on Tuesday, four weeks late, the port authority said.
.|The Maria Stella had been held over unpaid harbour dues, which its owner says were settled in May.
.|"We paid every cent," the owner, Kostas Manolis, told reporters. "The rest is bureaucracy."
.|The port authority declined to comment further.
b|Reporting by Milena Petrova; Editing by Paul Grant
~|Our Standards: The Agency Trust Principles.
~|Sign up here.
"""

LOCAL_WITH_COMMENTS = """
~|Home
~|News
~|Sport
~|Weather
t|Council votes to close Elm Street library
b|By Tom Ashworth, Local Democracy Reporter
d|Published 12th March 2024, 16:05 GMT | Updated 12th March 2024, 18:30 GMT
~|Share
~|Tweet
~|Comments (14)

c|Elm Street library opened in 1931. Photo: Harrogate Echo

.|Councillors have voted by nine to six to close Elm Street library, despite a petition signed by more than 4,000 residents.
.|The building will shut its doors on 30 June and its books will move to the town hall.
~|ADVERTISEMENT
.|Council leader Ann Grady said the decision was "painful but unavoidable" after a £3m cut in funding.
.|Opposition councillors called it vandalism.
~|Read more: Harrogate bus station to get £2m facelift
.|A judicial review has not been ruled out, campaigners said.

~|Comments
~|Sign in to comment
~|JimB
~|3 hours ago
~|Absolute disgrace, my kids learned to read in that building and now it will be flats, mark my words.
~|Reply
~|PollyP
~|I voted for Grady and never will again. She said in the election that no library would close and here we are.
~|Report abuse
"""

MAGAZINE = """
t|The last glassblowers of Murano
s|Opinion
b|By Chiara Venier

.|On an island where a thousand furnaces once burned, fewer than ninety are lit today.
.|The reasons are not hard to find: gas costs three times what it did in 2020, and apprentices are few.

~|Subscribe to our newsletter for stories like this every Sunday.

What killed the furnaces

.|Ask the masters and they will name the same three culprits in the same order: gas, tourists and imitation.
.|"A tourist buys a horse for five euros and believes it is from here," says Renzo Tagliapietra, 71.
.|He sold his own workshop last year.

~|You may also like
~|How Venice lost its bakers
~|The gondola maker's daughter

.|What remains is a craft that survives on commissions from abroad. Last year two thirds of the island's sales came from the United States and Japan, according to the glass consortium, and most of those were lamps.

.|I do not believe that Murano will die. But I believe it will change beyond recognition, and that we shall call what remains by the old name.

b|Chiara Venier is a contributing writer based in Venice.
~|Follow her on Twitter @chiaravenier
~|© 2025 Lagoon Review. All rights reserved.
""".replace("\nWhat killed", "\n.|What killed")

BRIEF = """
.|The central bank of Iceland cut its key rate to 7.5% on Wednesday.
"""

BRIEF_WITH_PROMPT = """
.|A goat that had escaped from a farm in Devon was found on the roof of a supermarket, where it had eaten most of a banner.
~|For more odd news, sign up to our Weekend newsletter.
"""

LISTICLE = """
t|Five things to know about the new fishing quotas
d|2024-12-11

.|Ministers agreed quotas for 2025 after two nights of talks in Brussels. Here is what changes.
.|1. Cod
.|The North Sea quota falls by 20%.
.|2. Sole
.|Belgium keeps its share, the Netherlands loses a tenth.
.|3. Mackerel
.|No agreement with Norway yet.
.|4. Crab
.|Crab is not covered.
.|5. When it starts
.|1 January 2025.
~|Related stories
~|Why cod moved north
~|Norway and the mackerel war
"""

PRESS_RELEASE = """
~|FOR IMMEDIATE RELEASE
t|Helvar Robotics opens plant in Tampere
d|September 9, 2025
.|TAMPERE, Finland - Helvar Robotics today opened its second plant, which will employ 340 people and build 12,000 warehouse robots a year.
.|"Tampere gives us engineers and space," said chief executive Outi Laine.
.|Helvar invested €85 million in the site.
.|About Helvar Robotics
.|Helvar Robotics, founded in 2009, makes robots for warehouses and had sales of €410 million in 2024.
~|Media contact:
~|press@helvar.example
~|+358 40 123 4567
"""

SPONSORED = """
s|Sponsored content
t|Why more families choose heat pumps
s|This article was paid for by NordVarme AB.
.|When the Lindqvists tore out their oil boiler last winter, their heating bill fell by 40 percent within a month.
.|Heat pumps draw warmth from the air outside, even below freezing.
.|A unit for a family house costs about 12,000 euros before grants.
~|Learn more
~|Share this article
"""

AI_SUMMARY = """
t|Storm Ilse: what we know so far
.|Storm Ilse reached the coast of Brittany on Sunday evening with gusts of 142 km/h.
.|Two people were hurt in Brest, and 80,000 homes lost power.
.|Rail traffic is to resume on Tuesday.
s|This summary was generated with the help of artificial intelligence and checked by an editor.
~|Was this article helpful?
~|Yes
~|No
"""

TABLOID = """
t|Fury as seaside town bans paddleboards
b|By DAISY HOLT, NEWS REPORTER
d|Published: 07:22, 14 July 2025 | Updated: 09:10, 14 July 2025
~|35 shares
~|112 View comments
.|A seaside town has banned paddleboards from its beach after a swimmer was knocked unconscious.
.|Locals in Seabrook Bay reacted with fury, calling the ban 'health and safety gone mad'.
~|MORE: Seal steals fisherman's lunch in front of cheering crowd
.|The ban, which starts on Saturday, carries a fine of £100.
c|Paddleboarders off Seabrook Bay last summer. The ban starts on Saturday (Image: Getty)
.|Lifeguard Ben Cole, 24, said: 'We pulled out eleven people in a week.'
~|SIGN UP FOR OUR DAILY NEWSLETTER
.|The council said it had 'no choice'.
~|MOST READ
~|Man finds wallet 40 years on
~|The £5 trick that keeps wasps away
~|I spent a night in Britain's smallest pub
~|TRENDING
~|Cows invade village fete
"""

ABOUT_NEWSLETTERS = """
t|Newsletter boom ends as readers tire of subscriptions
b|By Priya Nair
.|Readers who once rushed to subscribe to newsletters are cancelling them, a survey found on Thursday.
.|Four in ten said that they had ended at least one subscription this year.
.|Sign-up pages draw half the visitors they did in 2022, according to the platform Letterbox.
.|"People sign up for our newsletter, read it twice and vanish," said Mo Karim, who writes about football.
.|Cookies are partly to blame, he said: browsers now block the trackers that told writers who opened what.
.|Privacy policies will tighten further when the new law takes effect in May.
.|Comments on his posts have fallen as well.
"""

OPINION_WITH_NOTE = """
t|Tax the parking lots
b|Opinion by Lena Ortiz
s|Editor's note: Lena Ortiz is an economist at the University of Reno. The views expressed here are her own.
.|Every American city gives a third of its centre to empty cars. It should charge for it.
.|A tax of two dollars a space and day would bring Reno eleven million dollars a year, enough to run its buses free of charge.
.|Shops will object. They objected to pedestrian streets as well, and then their sales rose.
~|Read more opinion at the Ledger.
"""

CORRECTED = """
t|Bridge inspection finds cracks in two pylons
b|By Sam Okafor
d|8 October 2024
.|Engineers have found cracks in two of the six pylons of the Tamar road bridge, the operator said on Tuesday.
.|Lorries over 7.5 tonnes are banned until repairs are done in November.
.|Correction: An earlier version of this article said that cracks were found in three pylons. There are two.
.|This story has been updated with a statement from the operator.
~|Tags: Tamar bridge, Plymouth, engineering
~|Previous article
~|Next article
"""

INDIA = """
t|Monsoon reaches Kerala three days early, IMD says
b|Written by Anjali Menon | Edited by R. Krishnan
d|New Delhi | Updated: May 29, 2025 11:40 IST
~|Newsguard
~|Follow Us
~|Read in Malayalam
c|Fishermen pull in their boats at Kovalam on Wednesday. (Express photo by S. Mohan)
.|The southwest monsoon set in over Kerala on Thursday, three days before its usual date, the India Meteorological Department (IMD) said.
.|It is the earliest onset since 2009.
~|Story continues below this ad
.|Rain is forecast for the whole west coast over the next five days, with orange alerts in six districts.
~|Also Read | Why an early monsoon does not mean a good one
.|Farmers welcomed the news. "We can sow paddy a week sooner," said Biju Thomas of Palakkad.
~|© The Daily Ledger Pvt Ltd
~|TAGS:
~|IMD
~|Kerala
~|monsoon
"""

HARD_WRAPPED = """
t|REGIONAL RAIL STRIKE ENDS AFTER 11 DAYS
.|BERN -- Train drivers in eastern Switzerland returned to work on
.|Monday after their union and the operator agreed a pay rise of
.|4.2 percent over two years.
.|
.|The strike had stopped about 600 trains a day and cost the
.|operator some nine million francs, its chief said.
"""

SCIENCE = """
t|Octopus mothers change colour before they die
d|19 August 2025
b|Ines Duarte
~|4 min read
c|A female common octopus guarding her eggs. Credit: Marta Silva/Oceanário

.|Female octopuses turn pale in the last week of their lives, researchers report, and the change can be predicted to the day.
.|The team filmed 31 animals in tanks in Lisbon.
.|Pigment cells in the skin stopped responding to light about six days before death, the study found.
.|Its authors suspect a hormone from the optic gland.
.|doi: 10.1000/j.cub.2025.08.001
~|Get the most important science stories of the day, free in your inbox.
~|Recommended articles
~|Squid that see with their skin
~|Why do cuttlefish dream?
"""

SPORT = """
t|Norrköping 2 Malmö 2: late penalty saves hosts
b|Report by Erik Sandell
.|Ismael Diallo converted a penalty in the 94th minute to earn Norrköping a draw with champions Malmö on Saturday.
.|Malmö had led 2-0 at half-time through goals by Berg and Nanasi.
.|Norrköping: Jansson; Eid, Watson, Lushaku; Diallo.
.|Malmö: Dahlin; Larsen, Moisander, Olsson; Berg, Nanasi.
.|Attendance: 9,412
~|Latest news
~|Malmö sign Danish striker
~|Table
"""

FIRM_NEWS = """
t|Borealis Foods to shut Bergen cannery with loss of 210 jobs
b|Ingrid Moe and Jonas Hauge
d|Tue 4 Nov 2025 07.45 CET
~|Share
.|Borealis Foods will close its cannery in Bergen by March, with the loss of 210 jobs, the company said on Tuesday.
.|The decision followed a "careful review", said chief executive Rune Dahl, who ruled out any sale.
.|The union LO called the closure a breach of last year's agreement, under which the plant was to run until 2028.

~|Allow content from ViewTube?
~|We ask for your permission before anything is loaded, as it may use cookies and other technologies. To view this content, click 'Allow and continue'.

.|Shares in Borealis rose 3% in Oslo.
s|The author holds no shares in Borealis Foods.
~|Explore more on these topics
~|Food industry
~|Norway
~|news
"""

BLOG = """
t|My week with the folding bike
d|Posted on April 2, 2025 by admin
~|Leave a comment
.|I borrowed the Fold 3 for a week, and I have thoughts.
.|It folds in eleven seconds. It weighs 9.8 kilos. It costs 1,450 pounds.
.|On cobbles it is a torture device.
.|Would I buy it? Yes, if I lived on the fourth floor.
~|Share this:
~|Click to share on Twitter (Opens in new window)
~|Click to share on Facebook (Opens in new window)
~|Like this:
~|Like Loading...
~|Posted in Bikes
~|Leave a Reply
~|Your email address will not be published. Required fields are marked *
"""

LIVE = """
t|Live: Parliament debates the budget
~|Live Reporting
b|Edited by Rosa Lind
.|14:32
.|The finance minister rises. She says that the deficit will fall to 2.9 percent next year.
.|14:47
.|Opposition leader Mats Ek calls the figures "a fairy tale".
.|15:05
.|The vote is set for 18:00, the speaker says.
~|Scroll down for more
"""

COURT = """
t|Court rejects appeal in dam collapse case
b|Agência Rio
.|A federal court in Minas on Friday rejected the appeal of two engineers convicted over the 2021 dam collapse that killed 19 people.
.|Judge Célia Prado said that "no new fact" had been shown.

~|Related articles

~|Dam operator agrees to pay $90 million to families of the dead
~|The operator of the dam that collapsed in 2021 has agreed to a settlement, its lawyers said, after three years of talks...

.|The engineers, who were sentenced to six years each, can still turn to the Supreme Court, their lawyer Davi Rocha told reporters outside the building. He said that they would do so within ten days, and that the evidence of the expert witness had never been tested.
.|Families of the victims welcomed the ruling. "Four years we have waited," said Ana Lima, who lost a brother.
"""

RADIO = """
t|Ferry company fined over unsafe crossings
d|11/14/2025
b|Marta Lindqvist, P4 Gotland
~|Listen
~|2:14
.|The ferry company Gotska has been fined 4 million kronor for sailing with too few crew on nine crossings last winter.
.|The Transport Agency called the breaches "systematic".
.|Gotska says it will appeal.
~|Share on Facebook
~|Copy link
~|Contact the newsroom
~|newsroom@p4gotland.example
"""

FACT_CHECK = """
t|Fact check: Photo of flooded airport is from 2017, not this week
b|Nadia Brandt, The Daily Ledger
s|Our fact-check work is supported in part by a grant from the Open Media Fund.
.|The claim: A photo shows Lisbon airport flooded this week
.|A photo shared thousands of times on Facebook shows planes standing in brown water (archived here).
.|"Lisbon right now," reads the caption of one post, shared on Monday.
.|But the photo was taken in Houston in August 2017, during Hurricane Harvey.
.|Our rating: False
.|Based on our research, we rate FALSE the claim that the photo shows Lisbon.
.|Our fact-check sources:
.|Harris County Flood District, Aug. 28, 2017, photo archive
.|Lisbon Airport, Nov. 3, statement to The Daily Ledger
~|Thank you for supporting our journalism. You can subscribe to our print edition here.
"""

ASIA = """
~|Advertisement
t|Penang ferry terminal to reopen after fire
b|By Lim Wei Jie
d|26 Sep 2025, 02:11 PM
~|Follow us on WhatsApp and Telegram for the latest updates
.|GEORGE TOWN: The Penang ferry terminal, closed since a fire on Sept 14, will reopen on Monday, said Penang Port Commission chairman Datuk Yeoh Soon Hin.
.|He said that repairs had cost RM1.2mil.
~|ALSO READ: Ferry fire: No foul play, says Bomba
.|"Two of the four bridges are usable," he told a press conference here yesterday.
~|Follow us on our official WhatsApp channel for breaking news alerts and key updates!
~|Tags / Keywords:
~|Penang
~|Ferry
~|Fire
~|Report it to us.
~|Thank you for your report!
"""

NONPROFIT = """
t|The town that bought its own power line
b|by Joel Hartman, Prairie Desk
d|December 1, 2025, 6 a.m. CST
b|Co-published with The Plains Tribune
~|Prairie Desk is a nonprofit newsroom that investigates abuses of power. Sign up to receive our biggest stories as soon as they're published.
.|For eleven years the 812 residents of Orin, Nebraska, paid the highest power bills in the state. Then they bought the line.
.|The purchase, for $2.3 million, closed on Oct. 9.
.|"We were told that it was impossible," said Mayor Dale Tuck, 66.
~|Republish This Story for Free
~|Creative Commons License (CC BY-NC-ND 3.0)
.|Regulators in Lincoln did not answer questions about the sale.
b|Kay Lin contributed research.
~|If you have information about utility deals, contact Joel Hartman at joel@prairiedesk.example or 402-555-0188.
~|What We're Watching
~|Learn more about our reporting team
"""

MARKET = """
t|Copper slips as Chilean mine restarts - metals report
d|Oct 21 (Wire)
.|* Three-month copper CMCU3 falls 1.2% to $10,420 a tonne
.|* Escondida restarts after nine-day stoppage
.|Copper fell on Tuesday after the world's largest mine restarted production.
.|Aluminium gained 0.3%, zinc lost 0.8% and lead was unchanged.
.|PRICES
.|Three-month LME copper
.|Most active ShFE copper
b|(Reporting by Asha Rao; Editing by Tim Poole)
~|((asha.rao@wire.example; +91 80 5550 1234))
~|Keywords: GLOBAL METALS/
"""

SUMMARY_BOX = """
t|Why the Rhine is so low in April
b|Jonas Weber
d|April 14, 2025
~|Table of contents
.|In brief
.|• The Rhine at Kaub stood at 0.78 metres on Sunday.
.|• Barges sail at a third of their load.
.|• Rain is not expected before the 22nd.
.|Snow in the Alps was a quarter below the average this winter, so that little melts into the river now.
.|"It is not a record, but it is early," said Petra Lang of the Federal Waterways Office.
~|Click here to read our interactive map of German rivers
c|Graphic: water level at Kaub, 2015-2025
.|Freight rates from Rotterdam to Basel doubled within two weeks to 110 francs a tonne.
~|Was not what you were looking for? Try our search.
~|More articles by Jonas Weber
~|The last lock keeper of the Neckar
~|How Basel gets its oil
"""

REGIONAL = """
~|Subscriber Exclusive
t|Paper mill in Rumford cuts third shift
b|By Hannah Dow
~|hdow@kennebec.example
d|Posted November 5
d|Updated November 6
~|4 min read
~|Gift this article
c|The Rumford mill, seen from Route 108 in October. Andree Kehn/Sun Times Buy this photo
.|RUMFORD — The paper mill will end its third shift on Dec. 1, leaving 87 people without work, managers told employees on Wednesday.
.|Demand for coated paper has fallen by 40% since 2021, mill manager Scott Reid said in a letter.
.|Gov. Susan Dale said that the state would offer retraining.
~|Copy the Story Link
~|filed under:
~|paper mill, rumford maine
~|Related Headlines
~|Rumford mill installs new boiler
~|Join the Conversation
~|We believe it’s important to offer commenting on certain stories as a benefit to our readers. Please sign into your account to participate in conversations below.
"""

SHORT_NEWS = """
t|Two arrested after jewellery theft in Ghent
.|Police in Ghent arrested two men on Sunday after rings worth 60,000 euros were stolen from a shop in Veldstraat.
.|The men, aged 22 and 27, deny the theft, their lawyer said.
"""

QUESTIONS = """
t|Q&A: What the new rent cap means for you
b|By Owen Price, Housing Correspondent
.|The rent cap becomes law on 1 March. Here are answers to questions that readers sent us.
.|Who is covered?
.|All tenants with contracts signed after 2015.
.|Can my landlord evict me?
.|Only for arrears of three months or more, or to move in.
.|What if I have already paid more?
.|You can claim it back from your council. Sign up on its website or ask at the housing office by 30 June.
.|Does it cover student halls?
.|No.
~|Do you have a question about housing? Email us: housing@ledger.example
"""

INVESTOR = """
t|Why Delmar Shipping could double its dividend
b|Raj Patel
~|Seeking Yield
~|1.2K Followers
.|Delmar's container rates rose 30% in the third quarter, and its debt is almost paid off.
.|Free cash flow reached $412 million.
.|I expect the board to raise the dividend to $2.40 in February.
s|Analyst's Disclosure: I/we have a beneficial long position in the shares of DLMR either through stock ownership, options, or other derivatives. I wrote this article myself, and it expresses my own opinions.
s|Past performance is no guarantee of future results. No recommendation or advice is being given as to whether any investment is suitable for a particular investor.
~|Comments (23)
~|Recommended For You
~|Newest
~|Oldest
~|Great read, I have held DLMR since 2019 and reinvest every quarter, the debt story is the key here.
"""

TRANSLATED = """
t|Bavarian village votes against wind farm
s|This article was originally published in German. It was translated with the help of AI and edited before publication.
d|02/17/2025February 17, 2025
.|Voters in Mehring, a village in Bavaria, have rejected plans for a wind farm in a nearby forest.
.|About 67.6% voted against ten turbines that were to power a chemicals park.
.|Turnout was 73%, officials said.
b|zc/wd (dpa, AFP)
~|While you're here: Every Tuesday, our editors round up what is happening in German politics and society. You can sign up here for the weekly email newsletter.
~|Send us your feedback
"""

WEATHER = """
t|Gale warning for the Baltic coast
.|The weather service has warned of gales on the Baltic coast from Thursday noon.
.|Gusts of 95 km/h are expected at Cape Arkona, and water levels up to one metre above normal.
.|Ferries between Rostock and Gedser are cancelled until Friday morning.
~|Weather
~|Maps
~|Radar
~|Apps
~|Imprint
~|Privacy
"""

OBITUARY = """
t|Edna Cole, who mapped the Thames by rowing boat, dies at 97
b|By Frances Hale
d|Jan. 9, 2025
c|Edna Cole on the Thames in 1968. She drew every bend herself. Cole family archive
.|Edna Cole, whose hand-drawn charts of the Thames guided generations of rowers, died on Jan. 2 at her home in Goring. She was 97.
.|Her death was confirmed by her daughter, Ruth.
.|She is survived by two children, five grandchildren and a boat, the Teal.
~|A version of this article appears in print on Jan. 10, 2025, Section B, Page 9 of the edition with the headline: Edna Cole, 97, Mapper of the Thames.
~|Order Reprints | Today's Paper | Subscribe
"""

TECH = """
t|Kestrel phones will get seven years of updates
~|Tech / Mobile
.|/ The promise covers models sold since 2024
b|by Dana Whit
d|Aug 5, 2025, 3:00 PM UTC
~|Link
~|Share
~|Gift
s|If you buy something from a Gadgetry link, Gadgetry may earn a commission. See our ethics statement.
~|Image: Kestrel
.|Kestrel will update its phones for seven years, the company announced today.
.|That beats most rivals, which stop after four or five.
.|Kestrel says that batteries can be swapped for $39.
~|0 Comments
~|Follow topics and authors from this story to see more like this in your personalized homepage feed and to receive email updates.
~|Dana Whit
~|Tech
~|Most Popular
~|The best e-readers of 2025
"""

SCANDI_BUSINESS = """
t|Fjordkraft Shipping orders four hydrogen tankers
b|TradeLight staff
d|Published 7 October 2025, 08:12
.|Fjordkraft Shipping has ordered four hydrogen tankers from a yard in Ulsan at $168m each, the Oslo-listed owner said in a filing.
.|Delivery is set for 2028, with options for two more.
.|"Customers ask for it," said chief executive Live Aas.
~|Read the latest: our newsletter covers green shipping every Thursday.
~|(Copyright)
"""

CITY_PAPER = """
~|Skip to main content
~|Login
~|My Account
~|Dashboard
t|Two-alarm blaze guts Mission bakery
b|By Carla Reyes, Staff writer
d|Jan 17, 2025
c|Firefighters pour water onto the bakery at 24th and Folsom early Friday.
~|Jo Park/The Bay Sheet
.|A two-alarm fire destroyed a beloved Mission bakery early Friday, fire officials said.
.|No one was hurt. Damage is put at $900,000.
~|More For You
~|S.F. rents rise for 12th month
~|By Sam Yee
.|The cause was not known by noon, said Lt. Mariano Cruz, a spokesman for the department. Investigators will look at the ovens first, because a baker had smelled gas on Thursday, he said.
.|Owner Lupe Ortiz said that she would rebuild. "My mother opened this place in 1978," she said. "It is not going to end like this."
~|Reach Carla Reyes: creyes@baysheet.example; Twitter: @carlareyes
d|Jan 17, 2025
~|About the author
b|Carla Reyes covers breaking news for the Bay Sheet.
"""

INTERVIEW = """
t|‘I never wanted to be a judge’
d|Saturday 22 March 2025
b|Interview by Hugo Lane
.|Dame Ruth Abel retires this week after 31 years on the bench. We met in her kitchen.
.|Why law?
.|My father was a bus driver who read statutes for fun. I thought everyone did.
.|Did you ever regret a sentence?
.|Two. I will not name them.
.|What now?
.|Bees.
~|Share on social media
~|Reuse this content
~|View on web
"""

STATEMENT = """
t|Statement by the Commissioner on the Lake Ormond spill
d|Brussels, 11 June 2025
.|The Commission deeply regrets the loss of life in Ormond and thanks the rescue services.
.|Operators must report any discharge within two hours. This did not happen.
.|We will propose to double the fines.
~|Print friendly pdf
~|Contacts for media
~|Spokesperson service, +32 2 555 01 01
"""

LONG_BRIEF = """
t|Morning briefing
.|Good morning. Here is what you need to know today.
.|Trains: No trains run between Lille and Calais until noon after a landslide.
.|Weather: Storms in the south, sun elsewhere; 19C in Paris.
.|Quote of the day: "I am not leaving." - Mayor Paul Roux, after the vote.
.|Number of the day: 41. That is how many days the strike has lasted.
~|That's it for today. Forward this email to a friend, or sign up here.
"""

FORUM_BLOG = """
t|Why I stopped using smart bulbs
d|November 30, 2025 / 38 Comments / in Home / by Geoff
.|My hallway light needed a firmware update at 2 a.m. last night.
.|That was the moment when I went back to a switch.
.|A bulb should last ten years. Mine lasted two, because the maker shut its servers down in October.
~|If you enjoyed this post, please consider leaving a comment or subscribing to the RSS feed.
~|38 thoughts on “Why I stopped using smart bulbs”
~|Kim says:
~|December 1, 2025 at 9:14 am
~|Same here, I threw out eleven of them last spring and never looked back.
~|Log in to Reply
"""

COURT_WIRE = """
t|UPDATE 2-Court blocks merger of Aldane and Brightwell
d|March 4, 2025 10:02 PM UTC Updated 3 hours ago
.|* Judge sees harm to shoppers
.|* Aldane to appeal
.|* Shares fall 9% (Adds analyst comment, share move)
b|By Lucy Tan
.|DENVER, March 4 (Wire) - A federal judge on Tuesday blocked the $19 billion merger of supermarket chains Aldane and Brightwell.
.|Judge Marco Ruiz wrote that prices would rise in 112 towns.
.|Aldane said it disagreed and would appeal.
~|For the full ruling, click on
b|Reporting by Lucy Tan in Denver; Additional reporting by Om Das; Editing by Rae Holt
"""

SCHOOL = """
t|Hadley pupils win national robot contest
.|HADLEY – Six pupils of Hadley Middle School won the national robot contest in Omaha on Saturday with a machine that sorts recycling.
c|From left: Mia Cho, Leo Grant, Ava Stone, Raj Mehta, Zoe Katz and coach Bill Fern with the robot. (Submitted photo)
.|The team, coached by Bill Fern, beat 63 others.
.|"We slept maybe four hours," said Mia Cho, 13.
~|Support local news. Become a member of the Hadley Times today.
~|Staff Writer
~|Hadley Times
~|Crossword
~|Obituaries
~|Submit a News Tip
"""

AGGREGATOR = """
t|Norfolk beach named best in Europe
b|Story by Ellie Marsh • 2d
~|Travel Daily
~|Follow
.|Holkham in Norfolk has been named the best beach in Europe by readers of a travel magazine.
.|The jury praised its "four miles of empty sand".
~|Related video: Five beaches to see before you are 30 (Travel Daily)
.|Second place went to Elafonisi on Crete.
~|See also
~|More for You
~|Sponsored Content
~|This one gadget heats your room for pennies
"""

SCIENCE_FEED = """
t|Glass beads on the Moon hold more water than thought
d|October 2, 2025
b|by Institute of Lunar Science
b|edited by Tess Ray, reviewed by Alan Bo
c|Glass beads under the microscope. Credit: Institute of Lunar Science (2025). DOI: 10.1000/moon.2025.17
.|Glass beads in lunar soil hold up to 270 trillion kilograms of water, a new study suggests.
.|The team measured 117 beads brought back in 2020.
.|More information: L. Hui et al, Water in lunar beads, Moon Letters (2025). DOI: 10.1000/moon.2025.17
~|Journal information: Moon Letters
b|Provided by Institute of Lunar Science
~|Citation: Glass beads on the Moon hold more water than thought (2025, October 2) retrieved 3 October 2025 from https://sci.example/news/2025-10-glass.html
~|This document is subject to copyright. Apart from any fair dealing for the purpose of private study or research, no part may be reproduced without the written permission. The content is provided for information purposes only.
"""

TEXTS = {
    name.lower(): text.strip("\n") for name, text in dict(globals()).items() if name.isupper() and isinstance(text, str)
}
