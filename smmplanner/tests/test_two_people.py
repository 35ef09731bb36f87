"""Two people open the same page and save, one after the other: the second is told, and keeps what was typed."""

import pytest
from django.db import transaction
from django.test import Client

from brands.models import User
from metrics import demo
from metrics.demo.people import LEAD
from smmplanner.tests.hostile import Form, crawl, forms_of

pytestmark = pytest.mark.once

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
NUMBERS = ("hours_per_week", "posts_per_week", "hours_per_post", "baseline", "value", "followers", "posts_per_month")


def writable(form: Form) -> str | None:
    """The first field of a row that takes words."""
    names = [name for name in form.written if name.rpartition("-")[2] not in NO_WORDS + NUMBERS and not name.startswith("new-")]
    return names[0] if names else None


def filled_forms(client: Client) -> list[tuple[Form, str]]:
    """The forms of rows that exist: those carry a version."""
    forms = crawl(client, f"/brands/{demo.SLUG}/").forms
    rows = [form for form in forms if any(name.endswith("version") and value for name, value in form.fields)]
    there = [form for form in rows if "/new" not in form.action and dict(form.fields).get("item") != "new"]
    return [(form, name) for form in there if (name := writable(form))]


def test_whoever_saves_second_is_told_and_keeps_what_was_typed(demo_of_module, db):
    client = Client()
    client.force_login(User.objects.get(email=LEAD))
    tried, lost = [], []
    for form, name in filled_forms(client):
        with transaction.atomic():
            taken = client.post(form.action, form.filled(**{name: FIRST}))
            if taken.status_code == 302:
                tried.append(form.action)
                answer = client.post(form.action, form.filled(**{name: SECOND}))
                page = answer.content.decode()
                if answer.status_code == 302 or SECOND not in page or "Somebody" not in page:
                    lost.append(f"{form.action} {name}: {answer.status_code}")
            transaction.set_rollback(True)
    assert not lost, "\n".join(lost)
    assert len(tried) >= 12, tried


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
