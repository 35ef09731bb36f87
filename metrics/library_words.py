"""Words of the trade in plain words: what the plan, the calendar and the results speak of."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# name (the anchor on the page), the word, what it means
WORDS: tuple[tuple[str, str | Promise, str | Promise], ...] = (
    ("smart", _("SMART goal"), _("Specific, measurable, achievable, relevant, time-bound. A goal earns a letter for each: a figure and a place, a number, a change that can be reached, a business goal behind it, and a day.")),
    ("target", _("Target and guard"), _("A target is the figure a goal is judged by, from today’s value to the one you want. A guard is a figure that must not suffer meanwhile.")),
    ("business_goal", _("Business goal"), _("What the business itself wants: orders, guests, staff. A goal of the strategy that serves none is a number nobody needs.")),
    ("planning_steps", _("Six planning steps"), _("Preparation, target group, approach, assets, problems foreseen, expected result: each with words, a person and a day.")),
    ("audience", _("Target audience"), _("The people you speak to: what you sell, for whom, who uses it, who buys it, who takes an interest, who came before.")),
    ("persona", _("Persona"), _("One invented customer with a name, a worry and an hour of the day. It decides tone, platform and time.")),
    ("audit", _("Audit and gap"), _("A look at your own channels and at those of competitors. What they leave undone is a gap, and your chance.")),
    ("asset", _("Asset"), _("What the company owns or controls and can build on: content, people, equipment, relations. A channel is a strategic asset when it has a goal, a plan, a figure, a rhythm and a growing audience.")),
    ("risk", _("Risk"), _("A problem foreseen, weighed by how likely it is and how much it would hurt, with what is done then and by whom.")),
    ("budget", _("Budget"), _("All costs count: advertising, people, tools, production, rewards, a small sum for trying things out, and a reserve. Look at it every quarter.")),
    ("platform_fit", _("Platform fit"), _("How well a platform suits you: is your audience there, does it suit your business, do you have the means, does it serve your goals, what do competitors show. The score shows its reasons; you may know better.")),
    ("capability", _("Capability check"), _("Can you keep the channel up over months? Hours needed against hours there are, skills needed against skills there are, and a source of content.")),
    ("pilot", _("Pilot"), _("A limited try of a channel or a format, with a last day and a condition for success said beforehand.")),
    ("pillar", _("Content pillar"), _("One of the few subjects the brand keeps speaking about. The shares of the pillars become the mix of the calendar.")),
    ("mix", _("Content mix"), _("Which formats, which steps of the customer’s way, and how many posts attract new people or engage those who follow you.")),
    ("journey", _("Customer journey"), _("From first hearing of you to recommending you: awareness, consideration, conversion, retention, advocacy. Each step wants other posts and is judged by other figures.")),
    ("advertising", _("Paid and free ways"), _("Paid: advertisements, boosted posts, influencers, posts in other channels. Free: living accounts, online promotions, communities, customers’ own content. Goals and money decide.")),
    ("communication_plan", _("Communication plan"), _("The whole company’s marketing for half a year or a year, month by month: which content goes where.")),
    ("editorial_plan", _("Editorial plan and slot"), _("One channel for a month or two: what goes out on Tuesday at ten. Such a place is a slot; the slots fill the calendar with drafts.")),
    ("cadence", _("Cadence"), _("How often a channel publishes. Kept over weeks, a small one beats a large one that falls silent.")),
    ("watch_list", _("Watch list and alert"), _("A figure, a rhythm, a person, and the bounds it should stay in. When it leaves them you get an alert, with what you planned for that case.")),
    ("incident", _("Incident"), _("Something that happened and was not planned: what it was, what you did, what came of it. The analysis asks for it.")),
    ("finding", _("Finding"), _("What was learned, in a sentence with its proof: figures and posts. The next strategy begins with it.")),
    ("cycle", _("Cycle"), _("Goals, planning, strategies, monitoring, analysis, and again: the next cycle begins with the final values of the last.")),
    ("health", _("Health check"), _("The plan looks at itself: eight common mistakes and more rules. Each error costs 15 points of 100, each warning 7, each note 2.")),
    ("roi_or_return", _("ROI and return on spend"), _("ROI is net profit against what was invested: 0 % is where you break even. Return on spend is income against what was invested: there you break even at 100 %.")),
    ("vanity", _("Vanity and behaviour"), _("A vanity figure shows attention, such as likes. A behaviour figure shows what people did, such as leads. A plan needs at least one of the second kind.")),
)  # fmt: skip
