"""What goes wrong in social media again and again: offered with a first answer, to take over and make one's own."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from strategies.models import Risk

LOW, MEDIUM, HIGH = Risk.Level


class UsualRisk(NamedTuple):
    name: str | Promise
    likelihood: Risk.Level
    effect: Risk.Level
    sign: str | Promise
    response: str | Promise


USUAL_RISKS = (
    UsualRisk(
        _("A storm of angry comments"), MEDIUM, HIGH, _("More than ten negative comments within an hour"),
        _("Stop planned posts. Answer the first ones within the hour, calmly and with a name. Say what happened and what you do"
          " about it; delete nothing but insults."),
    ),
    UsualRisk(
        _("An account is hacked or blocked"), LOW, HIGH, _("Posts nobody wrote, a login that fails, a letter from the platform"),
        _("Recover it through the platform’s help, change passwords, tell people on the other channels. Two administrators and"
          " two-step login from today on."),
    ),
    UsualRisk(
        _("The person who does it falls ill or leaves"), MEDIUM, HIGH, _("Nothing new in the calendar for next week"),
        _("A second person knows the passwords and the plan. Two weeks of posts lie ready; fewer slots until somebody takes over."),
    ),
    UsualRisk(
        _("The platform changes what it shows, and reach falls"), HIGH, MEDIUM, _("Reach 30 % below the usual for two weeks"),
        _("Try two other formats for two weeks, lead followers to a channel of your own (Telegram, mailing list), move money to"
          " what still reaches people."),
    ),
    UsualRisk(
        _("Goods or materials come late"), MEDIUM, MEDIUM, _("The supplier does not confirm the day"),
        _("Posts that need no new goods lie ready for two weeks. Say openly when it will be there, and take orders ahead."),
    ),
    UsualRisk(
        _("The platform refuses advertisements or closes the advertising account"), MEDIUM, MEDIUM,
        _("“Rejected” in the advertising account"),
        _("Read the rule it names, change text and picture, ask for a review. Meanwhile spend on posts in other people’s"
          " channels."),
    ),
    UsualRisk(
        _("Somebody says our followers are bought"), LOW, MEDIUM, _("Followers jump while reactions fall"),
        _("Show where they came from. Remove fake followers, never buy any, answer once and with figures."),
    ),
    UsualRisk(
        _("A post offends, or has a mistake in it"), MEDIUM, MEDIUM, _("Readers correct us in the comments"),
        _("Correct it and say so under the post. From then on a second pair of eyes before anything goes out."),
    ),
    UsualRisk(
        _("A competitor comes with the same idea or a lower price"), MEDIUM, LOW, _("Customers compare us with a name we do not know"),
        _("Do not answer with the price. Show what only we have: the people, the workshop, the customers’ words."),
    ),
    UsualRisk(
        _("A film goes round, and orders come faster than we can serve"), LOW, MEDIUM, _("Messages wait for more than a day"),
        _("Ready answers for the three commonest questions, waiting time said in the profile, a second person for messages."),
    ),
)  # fmt: skip
