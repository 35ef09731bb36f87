"""The log of what happened and was not planned."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strategies.models import Incident, Risk, Strategy

pytestmark = pytest.mark.django_db
QUIET = {"X-Autosave": "yes"}


@pytest.fixture
def late_cloth(spring) -> Risk:
    return spring.risks.create(name="Cloth comes late", response="Buffer posts lie ready")


@pytest.fixture
def incident(spring, late_cloth, telegram) -> Incident:
    return spring.incidents.create(
        happened_on=date(2026, 3, 2), title="Eight days late", risk=late_cloth, channel=telegram, response="Buffer posts"
    )


def typed(**more) -> dict:
    return {"item": "new", "item-version": 1, "item-title": "A storm", "item-happened_on": "2026-03-05"} | more


def test_an_incident_is_written_down(as_marketer, step_url, spring, late_cloth, telegram):
    sent = typed(
        **{"item-risk": late_cloth.pk, "item-channel": telegram.pk, "item-effect": "Calm again", "item-settled_on": "2026-03-06"}
    )
    assert as_marketer.post(step_url("incidents"), sent).status_code == 302
    row = spring.incidents.get()
    assert (row.title, row.risk, row.channel, row.settled_on) == ("A storm", late_cloth, telegram, date(2026, 3, 6))


def test_the_newest_stands_first_and_says_whether_it_is_settled(as_marketer, step_url, spring, incident):
    spring.incidents.create(happened_on=date(2026, 4, 2), title="A film went round", settled_on=date(2026, 4, 3))
    page = as_marketer.get(step_url("incidents")).content.decode()
    assert page.index("A film went round") < page.index("Eight days late")
    assert "not settled yet" in page
    assert "nobody foresaw it" in page


def test_the_response_of_the_risk_is_at_hand_as_soon_as_it_is_chosen(as_marketer, step_url, spring, late_cloth):
    sent = typed(**{"item-risk": late_cloth.pk})
    answer = as_marketer.post(step_url("incidents"), sent, headers=QUIET).json()
    assert "Buffer posts lie ready" in answer["parts"]["incident-guide"]


def test_an_alert_can_begin_an_incident(as_marketer, step_url, spring, late_cloth, telegram):
    query = f"?new=1&title=Leads%3A+12&risk={late_cloth.pk}&channel={telegram.pk}"
    page = as_marketer.get(step_url("incidents", query)).content.decode()
    assert 'value="Leads: 12"' in page
    assert "Buffer posts lie ready" in page
    assert not spring.incidents.exists()


def test_rows_of_others_are_not_offered(as_marketer, step_url, shop):
    other = Strategy.objects.create(brand=shop, name="Other", start=date(2027, 1, 1), end=date(2027, 5, 1))
    theirs = other.risks.create(name="Their secret", response="Theirs")
    page = as_marketer.get(step_url("incidents", f"?new=1&risk={theirs.pk}&channel=999&title=%00x")).content.decode()
    assert "Theirs" not in page
    response = as_marketer.post(step_url("incidents"), typed(**{"item-risk": theirs.pk}))
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("happened_on", str(date.today() + timedelta(days=9)), "not after today"),
        ("happened_on", "1999-01-01", "not before 2000"),
        ("happened_on", "", "required"),
        ("settled_on", "2026-03-04", "before it happened"),
        ("title", "x" * 161, "at most 160"),
    ],
)
def test_bad_input_is_told_at_the_field_and_kept(as_marketer, step_url, spring, field, value, said):
    response = as_marketer.post(step_url("incidents"), typed(**{"item-text": "In more words", f"item-{field}": value}))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "In more words" in page
    assert not spring.incidents.exists()


def test_two_people_in_one_incident_do_not_overwrite_each_other(as_marketer, step_url, incident):
    sent = {"item": incident.pk, "item-version": 1, "item-title": "First", "item-happened_on": "2026-03-02"}
    as_marketer.post(step_url("incidents"), sent)
    response = as_marketer.post(step_url("incidents"), sent | {"item-title": "Second"})
    assert response.status_code == 409
    assert "Second" in response.content.decode()
    incident.refresh_from_db()
    assert incident.title == "First"


def test_the_log_outlives_the_risk(incident, late_cloth):
    late_cloth.delete()
    incident.refresh_from_db()
    assert incident.risk is None


def test_a_removed_incident_comes_back(as_marketer, step_url, spring, incident):
    as_marketer.post(step_url("incidents"), {"remove": incident.pk})
    assert not spring.incidents.exists()
    as_marketer.post(step_url("incidents") + "undo/")
    assert spring.incidents.get().title == "Eight days late"


def test_an_empty_log_says_what_belongs_there(as_marketer, step_url):
    assert "Nothing unplanned so far" in as_marketer.get(step_url("incidents")).content.decode()


def test_viewers_and_strangers_stay_outside(client, viewer, stranger, step_url):
    for person, status in ((viewer, 403), (stranger, 404)):
        client.force_login(person)
        assert client.get(step_url("incidents")).status_code == status


def test_the_queries_do_not_grow_with_the_rows(as_marketer, marketer, step_url, spring, incident, late_cloth, telegram):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert as_marketer.get(step_url("incidents")).status_code == 200
        return len(captured)

    as_marketer.get(step_url("incidents"))
    one = count()
    for day in (3, 4, 5):
        spring.incidents.create(
            happened_on=date(2026, 3, day), title="Again", risk=late_cloth, channel=telegram, owner=marketer
        )  # fmt: skip
    assert count() == one <= 25
