"""Two people open the same page and save, one after the other: the second is told, keeps what was typed, and chooses."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import transaction
from django.forms import ModelForm
from django.test import Client

from brands.forms import VersionedModelForm
from brands.forms.merging import SeenInput
from brands.models import Brand, User
from brands.versions import Versioned
from metrics import demo
from metrics.demo.people import LEAD
from smmplanner.tests.hostile import Form, crawl, forms_of, read

pytestmark = pytest.mark.once

# Files, figures and what only shows them: no row is edited there.
NO_FORMS = re.compile(
    r"\.(pdf|xlsx|csv|ics|txt)|/windows/|/library/|/(document|health|trend|working|insight|tables|rows|history)/|/issued/"
)
FIRST, SECOND = "what the first wrote", "what the second wrote"
# Addresses, handles and days are no place for words.
NO_WORDS = (
    "link",
    "website",
    "handle",
    "day",
    "clock",
    "start",
    "end",
    "date",
    "version",
    "permalink",
    "share",
    "planned",
    "amount",
)
NUMBERS = ("hours_per_week", "posts_per_week", "hours_per_post", "baseline", "value", "followers", "posts_per_month",
           "marketing_budget", "social_share", "at_least", "at_most", "share", "audience")  # fmt: skip


# Rows that come into being with these forms, so that nobody can have changed them before.
ONLY_NEW = {"NewBrandForm", "NewStrategyForm", "NextCycleForm", "MentionForm", "NewChannelForm", "NewEditorialPlanForm"}
# A publication is edited with its post. A mention has buttons, each of which sends the version.
WITHOUT_A_FORM = {"Publication", "Mention"}


# What other forms are made of; the rest of a series, which is a new one; and a rival's audit, which the walk opens as a new one.
NEVER_ALONE = {
    "RowForm", "StrategyFieldsForm", "AuditForm", "OnceInABrand", "EditorialPlanForm", "FollowingForm", "CompetitorAuditForm",
}  # fmt: skip


def of_the_product(base: type) -> Iterator[type]:
    for form in base.__subclasses__():
        if form.__module__.split(".")[0] in ("brands", "strategies", "calendar_app", "metrics"):
            yield form
        yield from of_the_product(form)


def writable(form: Form) -> Iterator[tuple[str, str, str]]:
    """A field of each kind of row in the form, and what two people write there."""
    kinds: set[tuple[str, ...]] = set()
    prefixes = {name.removesuffix("version") for name, value in form.fields if name.endswith("version") and value}
    for prefix in sorted(prefixes):
        own = [name for name in form.written if name.rpartition("-")[0] == prefix.rstrip("-")]
        last = {name: name.rpartition("-")[2] for name in own}
        known = len(kinds)
        kinds.add((prefix.split("-")[0], *sorted(set(last.values()))))
        words = [name for name in own if last[name] not in NO_WORDS + NUMBERS]
        numbers = [name for name in own if last[name] in NUMBERS]
        if len(kinds) == known:
            continue
        if words:
            yield words[0], FIRST, SECOND
        elif numbers:
            yield numbers[0], "3", "5"


def filled_forms(client: Client) -> list[tuple[Form, str, str, str]]:
    """The forms of rows that exist: those carry a version."""
    Brand.objects.get(slug=demo.SLUG).webhook_endpoints.create(url="https://example.com/", events=["post.due"])
    forms = crawl(client, f"/brands/{demo.SLUG}/", passing_by=NO_FORMS).forms
    # A decision about a post is no row: it says itself that the post changed.
    forms = [form for form in forms if "/calendar/review/" not in form.action]
    there = [form for form in forms if "/new" not in form.action and dict(form.fields).get("item") != "new"]
    return [(form, *field) for form in there for field in writable(form)]


@pytest.fixture
def carried(monkeypatch) -> set[str]:
    """Names of the forms that a page sent out with the version of a row."""
    names: set[str] = set()
    render = SeenInput.render

    def noting(widget, *args, **kwargs):
        if widget.form.has_a_row():
            names.add(type(widget.form).__name__)
        return render(widget, *args, **kwargs)

    monkeypatch.setattr(SeenInput, "render", noting)
    return names


def test_every_form_of_a_row_knows_its_version():
    forms = [form for form in of_the_product(ModelForm) if issubclass(form._meta.model or object, Versioned)]
    without = {form.__name__ for form in forms if not issubclass(form, VersionedModelForm)}
    assert without - ONLY_NEW == set()
    edited = {form._meta.model.__name__ for form in forms if issubclass(form, VersionedModelForm)}
    rows = {model.__name__ for model in apps.get_models() if issubclass(model, Versioned)}
    assert rows - edited == WITHOUT_A_FORM


def test_whoever_saves_second_is_told_keeps_what_was_typed_and_may_take_the_other(demo_of_module, db, carried):
    client = Client()
    client.force_login(User.objects.get(email=LEAD))
    tried, lost = [], []
    for form, name, first, second in filled_forms(client):
        with transaction.atomic():
            if client.post(form.action, form.filled(**{name: first})).status_code == 302:
                tried.append(form.action)
                answer = client.post(form.action, form.filled(**{name: second}))
                lost += [f"{form.action} {name}: {problem}" for problem in problems(client, form, name, first, second, answer)]
            transaction.set_rollback(True)
    assert not lost, "\n".join(lost)
    assert len(tried) >= 20, tried
    every = {form.__name__ for form in of_the_product(VersionedModelForm)} - ONLY_NEW
    assert every - carried == NEVER_ALONE, " ".join(sorted(every - carried))


def problems(client: Client, form: Form, name: str, first: str, second: str, answer) -> Iterator[str]:
    page = answer.content.decode()
    if answer.status_code == 302 or second not in page or "Somebody" not in page:
        yield f"not told: {answer.status_code}"
        return
    again = next((one for one in forms_in(answer, form) if f"merge-{name}" in one.names), None)
    if again is None:
        yield "no choice between the two"
        return
    if dict(again.fields)[f"merge-{name}"] != "mine":
        yield "not mine at first"
    if client.post(again.action, again.filled(**{f"merge-{name}": "theirs"})).status_code != 302:
        yield "the merged version was not saved"
    elif first not in values(client, form, name):
        yield "what was chosen was not what was saved"


def forms_in(answer, form: Form) -> list[Form]:
    return read(answer.content.decode(), form.action)


def values(client: Client, form: Form, name: str) -> list[str]:
    """What the field reads on its page now."""
    shown = forms_of(client, form.page)
    return [value.strip() for one in shown for key, value in one.fields if key == name]


@pytest.mark.parametrize("hours", ["5", "7.5"])
def test_hours_of_a_member_that_two_people_change(demo_of_module, db, hours):
    client = Client()
    client.force_login(User.objects.get(email=LEAD))
    member = demo_of_module.memberships.first()
    forms = forms_of(client, f"/brands/{demo.SLUG}/settings/team/{member.pk}/")
    form = next(form for form in forms if "hours_per_week" in form.names)
    assert client.post(form.action, form.filled(hours_per_week="3")).status_code == 302
    answer = client.post(form.action, form.filled(hours_per_week=hours))
    assert answer.context["form"].non_field_errors() and f'value="{hours}"' in answer.content.decode()
