"""Kinds of content to take over, and what suits each stage of the customer's journey."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from strategies import metric_names
from strategies.content import ContentFormat, JourneyStage, Purpose


@dataclass(frozen=True, slots=True)
class StageAdvice:
    """What people want to see at one stage of their way to the brand, and the figures that show whether it works."""

    stage: JourneyStage
    content: str | Promise
    kpis: tuple[str, ...]

    @property
    def kpi_names(self) -> list[str]:
        return [metric_names.name_of(name) for name in self.kpis]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of content: `name` stands in addresses, `title` becomes the title of an idea."""

    name: str
    group: str
    title: str | Promise
    about: str | Promise
    format: ContentFormat
    stage: JourneyStage
    purpose: Purpose


_F, _J, _P = ContentFormat, JourneyStage, Purpose

JOURNEY = (
    StageAdvice(
        _J.AWARENESS,
        _("Things to learn, your view of the trade, entertainment, infographics"),
        ("reach_rate", "share_of_voice", "video_view_rate"),
    ),
    StageAdvice(
        _J.CONSIDERATION,
        _("How-to, questions and answers, comparisons, reviews, going live"),
        ("ctr", "conversation_rate", "web_social_time_ratio"),
    ),
    StageAdvice(_J.CONVERSION, _("Offers, the product itself, unboxing, a promo code"), ("lead_conversion_rate", "cpl", "roi")),
    StageAdvice(
        _J.RETENTION,
        _("Advice for those who bought, help, talk in the community, polls"),
        ("response_rate", "resolution_time_avg", "satisfaction_score"),
    ),
    StageAdvice(
        _J.ADVOCACY,
        _("Customers’ own content, challenges, customers’ stories, recommending a friend"),
        ("ewom_quality", "nps", "amplification_rate"),
    ),
)

GROUPS = {
    "basic": _("The four basic kinds"),
    "video": _("Video"),
    "occasions": _("Stories and occasions"),
    "people": _("From people and others"),
}

# The four basic kinds of the lecture, then the wider list of the guide.
KINDS = (
    Kind("image", "basic", _("A picture that tells it alone"), _("Pictures engage most. One subject, good light, no small print."),
         _F.IMAGE, _J.AWARENESS, _P.ATTRACT),
    Kind("graphic", "basic", _("A quotation, a term or a number as a graphic"),
         _("Words that people keep or pass on: a quotation, a term explained, statistics, a small table."),
         _F.CAROUSEL, _J.AWARENESS, _P.ATTRACT),
    Kind("short_film", "basic", _("A short film"), _("Brings visits and engagement; the first two seconds decide."),
         _F.REEL, _J.AWARENESS, _P.ATTRACT),
    Kind("link", "basic", _("A link worth following"), _("Brings visitors to your own pages: say what waits behind it."),
         _F.LINK, _J.CONSIDERATION, _P.ATTRACT),
    Kind("how_to", "video", _("How to do it"), _("One problem, solved step by step."), _F.VIDEO, _J.CONSIDERATION, _P.ATTRACT),
    Kind("questions", "video", _("Your questions, answered"), _("Collect them from comments and messages; answer five at a time."),
         _F.VIDEO, _J.CONSIDERATION, _P.ENGAGE),
    Kind("slideshow", "video", _("A slideshow"), _("Pictures you have already, with a rhythm and a text."),
         _F.VIDEO, _J.AWARENESS, _P.ATTRACT),
    Kind("spotlight", "video", _("A person of the team, or a customer"), _("Who they are, what they do, what they care for."),
         _F.REEL, _J.AWARENESS, _P.ENGAGE),
    Kind("product", "video", _("The product, unpacked"), _("What is in the box, how it feels, what it costs."),
         _F.REEL, _J.CONVERSION, _P.ATTRACT),
    Kind("before_after", "video", _("Before and after"), _("Nothing shows a benefit faster."), _F.REEL, _J.CONSIDERATION, _P.ATTRACT),
    Kind("live", "video", _("Live: ask us anything"), _("Announced three days ahead, half an hour long, kept afterwards."),
         _F.LIVE, _J.CONSIDERATION, _P.ENGAGE),
    Kind("story", "occasions", _("A story of today"), _("Quick and unpolished: what happens behind the door."),
         _F.STORY, _J.RETENTION, _P.ENGAGE),
    Kind("holiday", "occasions", _("A holiday or a special day"), _("Greetings, opening hours, a thing made for the day."),
         _F.IMAGE, _J.RETENTION, _P.ENGAGE),
    Kind("values", "occasions", _("What we stand for"), _("One value of the brand, shown in something you did."),
         _F.IMAGE, _J.AWARENESS, _P.ATTRACT),
    Kind("emotion", "occasions", _("Something that moves"), _("Joy, pride, a memory; no offer beside it."),
         _F.VIDEO, _J.AWARENESS, _P.ENGAGE),
    Kind("curated", "people", _("Worth seeing elsewhere"), _("Somebody else’s good content, named and linked, with your word on it."),
         _F.LINK, _J.RETENTION, _P.ENGAGE),
    Kind("customer_photo", "people", _("Customers show it"), _("Their photographs, with their leave and their name."),
         _F.UGC, _J.ADVOCACY, _P.ENGAGE),
    Kind("review", "people", _("What a customer says"), _("A review in their own words, with your thanks."),
         _F.UGC, _J.ADVOCACY, _P.ATTRACT),
    Kind("challenge", "people", _("A challenge with a hashtag of its own"), _("Easy to join, a small reward, the best ones shown."),
         _F.UGC, _J.ADVOCACY, _P.ATTRACT),
    Kind("poll", "people", _("A quiz, a poll or a survey"), _("One question; show the answers and what you make of them."),
         _F.POLL, _J.RETENTION, _P.ENGAGE),
)  # fmt: skip


def find_kind(name: str) -> Kind | None:
    return next((kind for kind in KINDS if kind.name == name), None)
