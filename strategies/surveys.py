"""A small survey of the audience: ready questions, the link it is shared by, and what the answers come to."""

import hashlib
import hmac
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.letters import absolute
from strategies.models import Strategy, Survey, SurveyQuestion, SurveyResponse

Kind = SurveyQuestion.Kind

SIGNER = signing.Signer(salt="strategies.survey")
MOST_RESPONSES = 5_000
# From one address within an hour: a family or an office behind one, not a robot.
MOST_AN_HOUR = 20
LONGEST_TEXT = 1_000
SCALE = range(1, 6)


@dataclass(frozen=True, slots=True)
class ReadyQuestion:
    text: str | Promise
    kind: Kind
    options: tuple[str | Promise, ...] = ()


# What a persona wants to know, asked of the people themselves.
READY_QUESTIONS = (
    ReadyQuestion(_("How old are you?"), Kind.ONE, (_("Under 18"), _("18–24"), _("25–34"), _("35–44"), _("45–54"), _("55 or older"))),
    ReadyQuestion(
        _("Where do you spend time online?"),
        Kind.SEVERAL,
        ("Telegram", "Instagram", "Facebook", "YouTube", "TikTok", _("Somewhere else")),
    ),
    ReadyQuestion(_("When do you usually look?"), Kind.SEVERAL, (_("In the morning"), _("At midday"), _("In the evening"), _("At night"))),
    ReadyQuestion(
        _("What do you look for there?"),
        Kind.SEVERAL,
        (_("Information"), _("Entertainment"), _("Company of others"), _("Ideas and inspiration")),
    ),
    ReadyQuestion(_("How did you hear of us?"), Kind.ONE, (_("From friends"), _("From a post"), _("From an advertisement"), _("I have not"), _("Otherwise"))),
    ReadyQuestion(_("How likely would you recommend us? 1 is never, 5 is surely."), Kind.SCALE),
    ReadyQuestion(_("What is hard for you when you choose what we sell?"), Kind.TEXT),
)  # fmt: skip


@transaction.atomic
def begin(strategy: Strategy, title: str, language: str, person) -> Survey:
    """A new survey with the ready questions, in the language of those who will answer. It takes no answers yet."""
    survey = strategy.surveys.create(title=title, language=language, created_by=person)
    with translation.override(language):
        rows = [
            SurveyQuestion(survey=survey, text=str(ready.text), kind=ready.kind, options=[str(option) for option in ready.options], position=place)
            for place, ready in enumerate(READY_QUESTIONS)
        ]  # fmt: skip
    SurveyQuestion.objects.bulk_create(rows)
    return survey


# --- the link


def token(survey: Survey) -> str:
    """The row and its issue: a new issue makes every earlier link a dead one."""
    return SIGNER.sign_object([survey.pk, survey.issue])


def address(survey: Survey) -> str:
    return absolute(reverse("survey", args=[token(survey)]))


def find(signed: str) -> Survey | None:
    """The survey behind a link, open or not; forged and replaced links are None."""
    try:
        pk, issue = SIGNER.unsign_object(signed)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    survey = (
        Survey.objects.select_related("strategy__brand").filter(pk=pk, issue=issue, strategy__brand__closing_since=None).first()
    )
    return survey if survey is not None and survey.strategy.status != Strategy.Status.ARCHIVED else None


def takes_answers(survey: Survey) -> bool:
    today = survey.strategy.brand.today()
    return survey.is_open and (survey.closes_on is None or today <= survey.closes_on)


# --- answers


def sender_of(address_: str) -> str:
    """The sender's address as a keyed hash that nobody can turn back, and that is another one tomorrow."""
    day = timezone.now().date().isoformat()
    return hmac.new(settings.SECRET_KEY.encode(), f"survey {day} {address_}".encode(), hashlib.sha256).hexdigest()


def is_flood(survey: Survey, sender: str) -> bool:
    """Too many from one address within the hour. Asked of the table, so that it holds across processes."""
    hour_ago = timezone.now() - timedelta(hours=1)
    return survey.responses.filter(sender=sender, created_at__gte=hour_ago).count() >= MOST_AN_HOUR


def is_full(survey: Survey) -> bool:
    return survey.responses.count() >= MOST_RESPONSES


def keep(survey: Survey, answers: dict[str, Any], sender: str) -> SurveyResponse:
    return survey.responses.create(answers=answers, sender=sender)


# --- what they come to


@dataclass(frozen=True)
class Counted:
    """One possible answer: how many gave it, and their share of those who answered the question, in per cent."""

    text: str
    count: int
    share: Decimal


@dataclass(frozen=True)
class Summary:
    question: SurveyQuestion
    answered: int
    counted: list[Counted]
    mean: Decimal | None = None
    texts: list[str] | None = None

    @property
    def most_named(self) -> str:
        """Of answers to choose from; the points of a scale have a mean instead."""
        return self.counted[0].text if self.mean is None and self.counted and self.counted[0].count else ""


LATEST_TEXTS = 50


def summarise(questions: list[SurveyQuestion], responses: list[dict[str, Any]]) -> list[Summary]:
    """`responses`: answers by the question's key, newest first. A question that nobody answered has no shares."""
    return [
        _summary(question, [given for row in responses if (given := row.get(str(question.pk))) not in (None, "", [])])
        for question in questions
    ]


def _summary(question: SurveyQuestion, given: list[Any]) -> Summary:
    if question.kind == Kind.TEXT:
        return Summary(question, len(given), [], texts=[str(text) for text in given[:LATEST_TEXTS]])
    if question.kind == Kind.SCALE:
        numbers = [int(number) for number in given if str(number).isdigit()]
        mean = Decimal(sum(numbers)) / len(numbers) if numbers else None
        return Summary(question, len(numbers), _counted([str(n) for n in numbers], [str(n) for n in SCALE], len(numbers)), mean)
    named = [option for answer in given for option in (answer if isinstance(answer, list) else [answer])]
    # Options that were renamed since stay: somebody chose them.
    options = [*question.options, *sorted({option for option in named if option not in question.options})]
    counted = sorted(_counted(named, options, len(given)), key=lambda entry: -entry.count)
    return Summary(question, len(given), counted)


def _counted(named: list[str], options: list[str], answered: int) -> list[Counted]:
    found = Counter(named)
    return [
        Counted(option, found[option], Decimal(found[option]) * 100 / answered if answered else Decimal(0)) for option in options
    ]


def in_brief(strategy: Strategy) -> tuple[Survey, int, list[Summary]] | None:
    """The newest survey that anybody answered, how many did, and what it comes to; three queries."""
    survey = strategy.surveys.filter(responses__isnull=False).order_by("-created_at", "-pk").first()
    if survey is None:
        return None
    responses = list(survey.responses.values_list("answers", flat=True))
    return survey, len(responses), summarise(list(survey.questions.all()), responses)
