"""Ideas for posts: titles of the first drafts, for each pillar of each preset. To be overwritten by better ones."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models.teams import BusinessType

Ideas = tuple[str | Promise, ...]

# In the order of the preset's pillars.
IDEAS: dict[BusinessType, tuple[Ideas, ...]] = {
    BusinessType.LARGE: (
        (_("The question we hear most, answered"), _("How to reach us, and how fast we answer"), _("Three mistakes, and how to avoid them")),
        (_("A day with one of our people"), _("What we stand for, shown by one example"), _("How a decision was made")),
        (_("A customer tells their story"), _("Before and after, in a customer’s words"), _("Thanks to those who recommended us")),
        (_("What is new this month"), _("A place of ours, seen from inside"), _("Results in three numbers")),
    ),
    BusinessType.SMALL: (
        (_("New this week: a look from close by"), _("Three ways to use it"), _("What it costs, and what is in the price")),
        (_("How to choose the right one"), _("How to look after it so that it lasts"), _("What people ask us before they buy")),
        (_("A customer’s picture and words"), _("Who bought it, and for what day"), _("A review that made our day")),
        (_("Who makes it: one of us at work"), _("The workshop on an ordinary morning"), _("How it all began")),
    ),
    BusinessType.ECOMMERCE: (
        (_("One product, one use, one link"), _("The best seller, unpacked"), _("Five ways to combine it")),
        (_("This one or that one: which for whom"), _("Sizes explained in one picture"), _("Delivery and return in three steps")),
        (_("A buyer unpacks the parcel"), _("Three reviews, good and less good"), _("Your pictures of the week")),
        (_("The last pieces of the season"), _("A code for those who follow us"), _("Two together at a better price")),
    ),
    BusinessType.B2B: (
        (_("A number of the trade, and what it means"), _("A method in five steps"), _("A common belief that is wrong")),
        (_("A case: the task, the work, the result"), _("What went wrong, and what we changed"), _("A client speaks about the work")),
        (_("Who does the work: an interview"), _("What our engineer reads"), _("A question to our director")),
        (_("A joint project with a partner"), _("Where to meet us this month"), _("What a partner says of us")),
    ),
}  # fmt: skip


def ideas_of(name: str, place: int) -> list[str]:
    """The ideas for the pillar at `place` of a preset; none for one that the preset does not have."""
    of_preset = IDEAS[BusinessType(name)]
    return [str(idea) for idea in of_preset[place]] if place < len(of_preset) else []
