from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse

from brands.models import Role
from calendar_app.models import Post, Publication
from metrics.home import Need, coming_up, greeting
from metrics.models import Import
from strategies.models import Goal, Strategy, StrategyChannel, Target


@pytest.fixture(autouse=True)
def no_holidays(monkeypatch):
    """What the page asks for must not depend on the day of the test."""
    monkeypatch.setattr("calendar_app.public_holidays.in_year", lambda country, year, language: ())


def home(client):
    return client.get(reverse("metrics:home", args=["atlas"]))


@pytest.fixture
def publish(brand, instagram):
    def make(title="Film", *, days=1, hour=19, state="approved", status="scheduled", **fields) -> Publication:
        post = Post.objects.create(brand=brand, title=title, state=state, **fields)
        at = datetime.combine(brand.today() + timedelta(days=days), time(hour), brand.zone)
        return Publication.objects.create(brand=brand, post=post, channel=instagram, at=at, status=status)

    return make


def test_a_new_brand_is_shown_its_first_steps(client, marketer):
    page = home(client)
    assert [step.is_done for step in page.context["first_steps"]] == [False] * 6
    # Adding channels is for leads: a marketer's next step is the plan.
    assert page.context["next_step"].name == "plan"
    assert [offer.url for offer in page.context["bring"]] == ["/brands/atlas/calendar/import/", "/brands/atlas/imports/"]


def test_steps_tick_themselves_and_leave_when_all_is_there(client, marketer, brand, instagram, publish, record):
    steps = home(client).context["first_steps"]
    assert [step.is_done for step in steps] == [True, False, False, False, False, False]
    today = brand.today()
    Strategy.objects.create(brand=brand, name="Spring", start=today, end=today + timedelta(days=9))
    publish()
    assert home(client).context["first_steps"]
    record("likes", str(today), 1, channel=instagram)
    assert home(client).context["first_steps"] == []


def test_a_lead_is_asked_to_approve_and_a_marketer_is_not(client, person_in, brand, publish):
    publish(state="in_review", status="planned")
    client.force_login(person_in(Role.LEAD))
    assert "1 post waits for your approval" in home(client).content.decode()
    client.force_login(person_in(Role.MARKETER))
    assert "waits for your approval" not in home(client).content.decode()


def test_missed_and_due_posts_need_somebody(client, marketer, publish):
    publish(days=-1, status="missed")
    publish(days=0, hour=0, status="due")
    said = home(client).content.decode()
    assert "1 post was missed" in said
    assert "1 post is due" in said


def test_a_post_that_came_back_needs_its_owner_only(client, marketer, person_in, publish):
    publish(state="changes_requested", status="planned", owner=marketer)
    assert [need.title for need in home(client).context["needs"]] == ["1 of your posts came back"]
    client.force_login(person_in(Role.LEAD))
    assert home(client).context["needs"] == []


def test_beyond_the_most_urgent_the_rest_is_folded_away(client, marketer, brand, monkeypatch):
    def needs(number):
        found = [Need("draft", icon="route", title=f"Thing {n}", detail="", action="Do", url="/") for n in range(number)]
        monkeypatch.setattr("metrics.home.needs", lambda *_args, **_kwargs: found)
        shown, *folded = home(client).text.split('<details class="sp-more-needs">')
        return shown.count("<b>Thing"), [part.count("<b>Thing") for part in folded]

    assert needs(5) == (5, [])
    assert needs(7) == (4, [3])
    assert "3 more" in home(client).text


def test_a_goal_that_falls_behind_is_said_with_its_pace(client, marketer, brand, instagram, record):
    today = brand.today()
    strategy = Strategy.objects.create(
        brand=brand, name="Spring", start=today - timedelta(days=50), end=today + timedelta(days=50)
    )
    StrategyChannel.objects.create(strategy=strategy, channel=instagram)
    goal = Goal.objects.create(strategy=strategy, goal_type="sales", text="100 leads")
    Target.objects.create(goal=goal, metric="leads", window="total", value=100)
    record("leads", str(today - timedelta(days=2)), 5)
    said = home(client).content.decode()
    assert "“100 leads” is behind its pace" in said
    assert "5.0 % of the way" in said


def test_a_file_that_was_read_waits_to_be_saved(client, marketer, brand):
    Import.objects.create(brand=brand, name="reach.csv", sha256="0" * 64, status="checked")
    assert "1 file was read and waits to be saved" in home(client).content.decode()


def test_old_figures_ask_for_new_ones(client, marketer, brand, instagram, record):
    record("likes", str(brand.today() - timedelta(days=20)), 5, channel=instagram)
    assert "Import newer figures of" in home(client).content.decode()


def test_coming_up_is_seven_days_in_the_brands_zone(brand, publish):
    for hour in range(5):
        publish(f"Film {hour}", days=2, hour=hour)
    publish("Cancelled", days=1, status="cancelled")
    publish("Later", days=7)
    days = coming_up(brand)
    assert [len(day.publications) for day in days] == [0, 0, 3, 0, 0, 0, 0]
    assert [publication.post.title for publication in days[2].publications] == ["Film 0", "Film 1", "Film 2"]
    assert days[2].more == 2


def test_home_asks_the_same_for_one_post_and_for_three(client, marketer, publish, count_queries):
    url = reverse("metrics:home", args=["atlas"])
    publish()
    one = count_queries(client, url)
    publish(days=2)
    publish(days=3)
    assert count_queries(client, url) == one


def test_viewers_are_asked_for_nothing(client, person_in, publish):
    publish(state="in_review", status="planned")
    client.force_login(person_in(Role.VIEWER))
    page = home(client)
    assert page.context["needs"] == []
    assert reverse("calendar:new_post", args=["atlas"]) not in page.content.decode()


def test_a_stranger_finds_nothing(client, django_user_model, brand):
    client.force_login(django_user_model.objects.create_user("far@example.uz", "parol"))
    assert home(client).status_code == 404


@pytest.mark.parametrize(
    ("hour", "words"), [(4, "Good evening"), (5, "Good morning"), (12, "Good afternoon"), (18, "Good evening")]
)
def test_the_greeting_follows_the_clock(hour, words):
    assert greeting(hour) == words
