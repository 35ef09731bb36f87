"""One moment, whoever tells it: the database, the feed and the files agree in every zone, on both nights of changed clocks.

A view that shows times joins by adding a function to TELLERS: it gets the brand, its address of the calendar and a client,
and answers with the moments that it shows, in order.
"""

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from brands.models import Brand, Channel, Membership, Role
from calendar_app import feeds
from calendar_app.models import PlanFile, Post, Publication
from calendar_app.plan_files import receiving
from calendar_app.tests.conftest import person

# A moment around which to look: the clocks change there, or once did, or it is a day like any other.
NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
NIGHTS = [
    ("Asia/Tashkent", datetime(2027, 3, 27, 21, tzinfo=UTC)),
    ("Europe/London", datetime(2027, 3, 28, 1, tzinfo=UTC)),
    ("Europe/London", datetime(2027, 10, 31, 1, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2027, 2, 21, 2, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2027, 4, 3, 14, tzinfo=UTC)),
    ("America/New_York", datetime(2027, 11, 7, 6, tzinfo=UTC)),
]
AROUND = (-26 * 60, -60, -30, -1, 0, 1, 30, 60, 26 * 60)


def feed_file(brand: Brand) -> bytes:
    feed, _secret = feeds.create(brand, brand.memberships.get().user, only_mine=False)
    return feeds.contents(feed, brand.today())


def the_feed(brand: Brand, member: Client) -> list[datetime]:
    return [event["dtstart"].dt for event in icalendar.Calendar.from_ical(feed_file(brand)).walk("VEVENT")]


def the_feed_by_its_own_rules(brand: Brand, member: Client) -> list[datetime]:
    """vobject knows of zones only what the file says."""
    return [event.dtstart.value for event in vobject.readOne(feed_file(brand).decode()).vevent_list]


def exported(brand: Brand, member: Client) -> str:
    answer = member.get(f"/brands/{brand.slug}/calendar/export/?format=ours")
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def our_file(brand: Brand, member: Client) -> list[datetime]:
    """The day, the clock and the offset alone: what anybody can work out from the file."""
    rows = csv.DictReader(io.StringIO(exported(brand, member), newline=""))
    return [datetime.fromisoformat(f"{row['date']}T{row['time']}{row['utc_offset'].removeprefix('UTC')}") for row in rows]


def our_file_brought_back(brand: Brand, member: Client) -> list[datetime]:
    twin = Brand.objects.create(name="Twin", slug="twin", time_zone="Asia/Kolkata")
    channel = brand.channels.get()
    channel.pk, channel.brand, channel._state.adding = None, twin, True
    channel.save()
    user = brand.memberships.get().user
    file = SimpleUploadedFile("plan.csv", exported(brand, member).encode())
    plan = receiving.apply(receiving.receive(twin, user, file).pk)
    assert plan.status == PlanFile.Status.APPLIED and not plan.summary["refused"]
    return [row.at for row in twin.publications.order_by("at", "pk")]


def shown(member: Client, address: str, **headers: str) -> list[datetime]:
    page = member.get(address, headers=headers).content.decode()
    return [datetime.fromisoformat(moment) for moment in re.findall(r'<time datetime="([^"]+T[^"]+)"', page)]


def days_of(brand: Brand) -> list[date]:
    return sorted({at.astimezone(brand.zone).date() for at in brand.publications.values_list("at", flat=True)})


def the_list(brand: Brand, member: Client) -> list[datetime]:
    """The newest first."""
    return shown(member, f"/brands/{brand.slug}/calendar/list/")[::-1]


def the_board(brand: Brand, member: Client) -> list[datetime]:
    return shown(member, f"/brands/{brand.slug}/calendar/board/")


def the_days(brand: Brand, member: Client) -> list[datetime]:
    return [at for day in days_of(brand) for at in shown(member, f"/brands/{brand.slug}/calendar/days/{day}/")]


def what_opens_in_the_month(brand: Brand, member: Client) -> list[datetime]:
    """“+5 more” fetches the chips of a day."""
    part = {"HX-Request": "true"}
    return [at for day in days_of(brand) for at in shown(member, f"/brands/{brand.slug}/calendar/days/{day}/", **part)]


TELLERS: list[Callable[[Brand, Client], list[datetime]]] = [
    the_feed, the_feed_by_its_own_rules, our_file, our_file_brought_back, the_list, the_board, the_days, what_opens_in_the_month,
]  # fmt: skip


@pytest.fixture(autouse=True)
def _the_same_now(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def member(brand) -> Client:
    client = Client()
    client.force_login(person("dilnoza"))
    Membership.objects.create(brand=brand, user_id=client.session["_auth_user_id"], role=Role.LEAD)
    return client


@pytest.mark.parametrize(("zone", "night"), NIGHTS, ids=lambda value: str(value)[:16])
@pytest.mark.parametrize("tell", TELLERS, ids=lambda tell: tell.__name__)
def test_everybody_tells_the_same_moment(zone, night, tell, brand, telegram, member):
    moments = write(brand, telegram, zone, night)
    assert [at.astimezone(UTC) for at in tell(brand, member)] == moments


@pytest.mark.parametrize(("zone", "night"), NIGHTS, ids=lambda value: str(value)[:16])
def test_month_and_week_put_each_post_on_its_day_and_hour(zone, night, brand, telegram, member):
    write(brand, telegram, zone, night)
    for day in days_of(brand):
        month = member.get(f"/brands/{brand.slug}/calendar/?month={day:%Y-%m}").context["page"]
        (cell,) = [cell for week in month.weeks for cell in week.days if cell.date == day]
        assert cell.total == sum(
            at.astimezone(brand.zone).date() == day for at in brand.publications.values_list("at", flat=True)
        )
        assert {chip.at.astimezone(brand.zone).date() for chip in cell.chips} == {day}
        week = member.get(f"/brands/{brand.slug}/calendar/week/?week={day}").context["page"]
        (column,) = [column for column in week.columns if column.day.date == day]
        assert column.total == cell.total
        for hour in column.hours:
            assert {chip.at.astimezone(brand.zone).hour for chip in hour.chips} <= {hour.number}


def write(brand: Brand, channel: Channel, zone: str, night: datetime) -> list[datetime]:
    Brand.objects.filter(pk=brand.pk).update(time_zone=zone)
    brand.refresh_from_db()
    moments = [night + timedelta(minutes=minutes) for minutes in AROUND]
    for number, at in enumerate(moments):
        post = Post.objects.create(brand=brand, title=f"Post {number}")
        Publication.objects.create(brand=brand, post=post, channel=channel, at=at)
    return moments


def test_the_clocks_do_change_in_these_nights():
    """Else the test above would look at days like any other."""
    changing = [zone for zone, night in NIGHTS if _offset(zone, night - timedelta(hours=1)) != _offset(zone, night)]
    assert changing == ["Europe/London", "Europe/London", "America/New_York"]


def _offset(zone: str, at: datetime) -> timedelta | None:
    return at.astimezone(ZoneInfo(zone)).utcoffset()
