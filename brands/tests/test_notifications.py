import html
import re
import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone, translation
from django.utils.functional import lazy

from brands.alone import alone
from brands.letters import send_letter
from brands.models import Brand, Membership, Notification, Role
from brands.notification_letters import send_digests
from brands.notifications import KINDS, Kind, notify, text_of
from brands.tasks import forget_what_is_old, send_notifications

PAGE = "/brands/atlas/notifications/"
CHOICES = "/profile/notifications/"
PARAMS = {
    "title": "Lookbook", "channel": "Telegram", "by": "Jasur", "file": "a.csv", "reason": "empty", "text": "Why?", "number": 2,
    "strategy": "Spring", "rule": "No plan", "day": "21.03.2027", "site": "kun.uz",
}  # fmt: skip


@pytest.fixture
def tell(brand, lead):
    def say(key: str = "k", kind: str = "post_in_review", url: str = "/brands/atlas/", user=lead) -> None:
        notify(user, brand, kind, key, url, PARAMS)

    return say


def test_the_same_key_is_told_once(tell):
    tell()
    tell()
    assert Notification.objects.count() == 1


def test_two_people_are_told_under_the_same_key(tell, marketer):
    tell()
    tell(user=marketer)
    assert Notification.objects.count() == 2


def test_a_kind_that_nobody_declared_is_a_mistake_at_once(tell):
    with pytest.raises(ValueError, match="no such kind"):
        tell(kind="gossip")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_reads_as_a_sentence(tell, kind):
    tell(kind=kind)
    sentence = text_of(Notification.objects.get())
    assert "%" not in sentence
    assert "—" not in sentence


def test_a_place_that_nobody_filled_is_a_dash(brand, lead):
    notify(lead, brand, "post_due", "k", "/", {"title": "100 %(x)s"})
    assert text_of(Notification.objects.get()) == "Publish “100 %(x)s” on —: its time has come"


def test_a_kind_of_an_older_release_still_shows(brand, lead, as_user):
    Notification.objects.create(brand=brand, user=lead, kind="retired", key="k")
    assert "retired" in as_user(lead).get(PAGE).text


def test_sentences_are_in_the_language_of_the_reader(tell, monkeypatch):
    spoken = lazy(lambda: f"{translation.get_language()} %(title)s", str)
    monkeypatch.setitem(KINDS, "post_in_review", Kind(spoken(), "bell"))
    tell()
    with translation.override("uz"):
        assert text_of(Notification.objects.get()) == "uz Lookbook"


# --- the page


def test_a_person_sees_only_what_was_told_to_them(tell, as_user, marketer):
    tell()
    assert "Nothing to tell" in as_user(marketer).get(PAGE).text


def test_opening_one_marks_it_and_goes_there(tell, as_user, lead):
    tell(url="/brands/atlas/calendar/")
    row = Notification.objects.get()
    assert as_user(lead).post(f"{PAGE}{row.pk}/").url == "/brands/atlas/calendar/"
    row.refresh_from_db()
    assert row.read_at


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_a_notification_leads_nowhere_but_here(tell, as_user, lead, url):
    tell(url=url)
    assert as_user(lead).post(f"{PAGE}{Notification.objects.get().pk}/").url == PAGE


def test_another_persons_notification_is_not_found(tell, as_user, marketer):
    tell()
    assert as_user(marketer).post(f"{PAGE}{Notification.objects.get().pk}/").status_code == 404


def test_all_are_marked_as_read_but_not_other_peoples(tell, as_user, lead, marketer):
    tell("a")
    tell("b")
    tell("a", user=marketer)
    as_user(lead).post(PAGE + "read/")
    assert list(Notification.objects.unread().values_list("user__name", flat=True)) == ["Jasur"]


@pytest.mark.parametrize("number", ["abc", "-1", "999", "", "%00"])
def test_garbage_for_a_page_number_shows_a_page(tell, as_user, lead, number):
    tell()
    assert as_user(lead).get(f"{PAGE}?page={number}").status_code == 200


def test_one_notification_and_three_take_the_same_queries(
    tell, as_user, lead, django_assert_num_queries, django_assert_max_num_queries
):
    client = as_user(lead)
    tell("1")
    client.get(PAGE)
    with django_assert_max_num_queries(9) as one:
        client.get(PAGE)
    tell("2")
    tell("3")
    with django_assert_num_queries(len(one)):
        client.get(PAGE)


# --- letters


def test_one_letter_tells_all_that_waits_and_is_sent_once(tell):
    tell("1")
    tell("2", kind="import_done")
    assert send_notifications() == 1
    assert send_notifications() == 0
    letter = mail.outbox[0]
    assert letter.to == ["dilnoza@example.uz"]
    assert letter.subject == "“Lookbook” waits for your approval and 1 more"
    for body in (letter.body, letter.alternatives[0].content):
        assert "The figures of a.csv are in" in body
        assert "http://127.0.0.1:8000/brands/atlas/" in body
        assert "http://127.0.0.1:8000/profile/" in body


def test_a_reminder_has_a_letter_of_its_own_and_other_news_share_one(tell):
    for number, kind in enumerate(("post_due", "post_due", "post_missed", "import_done")):
        tell(str(number), kind=kind)
    assert send_notifications() == 3
    names = {letter.message()["Message-ID"] for letter in mail.outbox}
    due = Notification.objects.filter(kind="post_due")
    assert {f"<notification-{row.pk}@127.0.0.1>" for row in due} < names and len(names) == 3


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_do_not_write_to_the_same_person(tell, lead):
    tell()
    with alone(f"letters-{lead.pk}"), ThreadPoolExecutor() as pool:
        assert pool.submit(_elsewhere, send_notifications).result() == 0
    assert send_notifications() == 1


def _elsewhere(work):
    try:
        return work()
    finally:
        connection.close()


def test_who_left_the_brand_is_not_written_to(tell, lead):
    tell()
    lead.memberships.all().delete()
    assert send_notifications() == 0


# --- what a person chooses to hear of


def test_a_kind_that_is_unwanted_by_email_is_only_in_the_app(tell, lead, as_user):
    lead.notification_choices.create(kind="post_in_review", by_email=False)
    tell()
    assert send_notifications() == 0
    assert "Lookbook" in as_user(lead).get(PAGE).text


def test_a_kind_that_is_unwanted_in_the_app_is_only_written(tell, lead, marketer, as_user):
    lead.notification_choices.create(kind="post_in_review", in_app=False)
    tell()
    tell(user=marketer)
    assert "Lookbook" not in as_user(lead).get(PAGE).text and "0 unread" in as_user(lead).get(PAGE).text
    assert "Lookbook" in as_user(marketer).get(PAGE).text
    assert send_notifications() == 2


def test_a_person_chooses_on_the_page(lead, as_user):
    client = as_user(lead)
    said = {"rhythm": "daily", "in_app": ["post_due", "alert"], "by_email": ["post_due"]}
    assert client.post(CHOICES, said).status_code == 302
    assert client.post(CHOICES, said).status_code == 302
    lead.refresh_from_db()
    chosen = {row.kind: (row.in_app, row.by_email) for row in lead.notification_choices.all()}
    assert lead.email_rhythm == "daily" and chosen.keys() == KINDS.keys()
    assert (chosen["post_due"], chosen["alert"], chosen["import_done"]) == ((True, True), (True, False), (False, False))
    page = client.get(CHOICES).text
    assert page.count(" checked") == 1 + 3


@pytest.mark.parametrize("said", [{}, {"rhythm": "hourly"}, {"rhythm": "daily", "in_app": ["gossip"]}])
def test_garbage_on_the_page_changes_nothing(lead, as_user, said):
    assert as_user(lead).post(CHOICES, said).status_code == 200
    lead.refresh_from_db()
    assert lead.email_rhythm == "at_once" and not lead.notification_choices.exists()


def test_without_a_choice_every_kind_is_said_both_ways(lead, as_user):
    page = as_user(lead).get(CHOICES).text
    assert page.count(" checked") == 2 * len(KINDS) + 1 and "%(" not in page


# --- once a day


@pytest.fixture
def morning(lead, brand):
    """Eight in the morning, tomorrow, where the brand is."""
    lead.email_rhythm = "daily"
    lead.save()
    return datetime.combine(brand.today() + timedelta(days=1), time(8), brand.zone)


def test_the_daily_letter_is_sent_once_after_eight(tell, morning):
    tell("1")
    tell("2", kind="post_due")
    assert send_digests(morning - timedelta(minutes=1)) == 0
    assert send_digests(morning) == 1
    assert send_digests(morning + timedelta(hours=2)) == 0
    assert mail.outbox[0].subject.startswith("This morning: ") and mail.outbox[0].subject.endswith("and 1 more")
    assert mail.outbox[0].message()["Message-ID"].startswith("<notification-")


def test_what_comes_after_eight_waits_for_the_next_morning(tell, morning):
    assert send_digests(morning) == 0
    tell()
    Notification.objects.update(created_at=morning + timedelta(hours=1))
    assert send_digests(morning + timedelta(hours=2)) == 0
    assert send_digests(morning + timedelta(days=1)) == 1


def test_the_morning_is_that_of_the_persons_first_brand(tell, morning, brand):
    brand.time_zone = "America/Sao_Paulo"
    brand.save()
    tell()
    assert send_digests(morning) == 0
    assert send_digests(morning + timedelta(hours=8)) == 1


def test_a_morning_on_which_the_mail_server_was_away_is_made_up_for(tell, morning, monkeypatch):
    tell()

    def away(*args, **context):
        raise OSError("No route to host")

    with monkeypatch.context() as patch:
        patch.setattr("brands.notification_letters.send_letter", away)
        assert send_digests(morning) == 0
    assert send_digests(morning + timedelta(minutes=5)) == 1


def test_what_was_typed_is_escaped_in_html(brand, lead):
    notify(lead, brand, "post_in_review", "k", "/", {"title": "<img src=x>"})
    send_notifications()
    assert "<img" not in mail.outbox[0].alternatives[0].content
    assert "<img src=x>" in mail.outbox[0].body


def test_a_line_break_in_a_title_does_not_add_headers(brand, lead):
    notify(lead, brand, "post_in_review", "k", "/", {"title": "A\nBcc: all@example.uz"})
    send_notifications()
    assert mail.outbox[0].recipients() == ["dilnoza@example.uz"]


@pytest.mark.parametrize("change", [{"email_rhythm": "never"}, {"is_active": False}])
def test_who_wants_no_letters_or_is_gone_gets_none(tell, lead, change):
    for name, value in change.items():
        setattr(lead, name, value)
    lead.save()
    tell()
    assert send_notifications() == 0


def test_what_was_read_on_the_page_is_not_sent(tell):
    tell()
    Notification.objects.update(read_at=timezone.now())
    assert send_notifications() == 0


def test_old_news_is_not_sent(tell):
    tell()
    Notification.objects.update(created_at=timezone.now() - timedelta(days=4))
    assert send_notifications() == 0


def test_a_letter_that_fails_is_tried_again_and_holds_up_nobody(tell, marketer, monkeypatch):
    tell()
    tell(user=marketer)

    def refuse(to, *args, **context):
        if to == "dilnoza@example.uz":
            raise smtplib.SMTPRecipientsRefused({})
        send_letter(to, *args, **context)

    with monkeypatch.context() as patch:
        patch.setattr("brands.notification_letters.send_letter", refuse)
        assert send_notifications() == 1
    assert send_notifications() == 1
    assert [letter.to[0] for letter in mail.outbox] == ["jasur@example.uz", "dilnoza@example.uz"]


def test_a_crash_after_the_letter_sends_it_again_rather_than_never(tell, monkeypatch):
    tell()

    def crash(*args, **context):
        send_letter(*args, **context)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("brands.notification_letters.send_letter", crash)
        with pytest.raises(KeyboardInterrupt):
            send_notifications()
    assert send_notifications() == 1
    assert len(mail.outbox) == 2


# --- the page: by day, by kind, marked and unmarked


def told_at(key: str, moment: datetime, **changes) -> None:
    Notification.objects.filter(key=key).update(created_at=moment, **changes)


def test_rows_stand_under_their_day_where_the_brand_is(tell, as_user, lead, brand):
    midnight = datetime.combine(brand.today(), time(), brand.zone)
    for key, moment in {
        "a": midnight,
        "b": midnight - timedelta(minutes=1),
        "c": datetime(2025, 3, 4, 12, tzinfo=brand.zone),
    }.items():
        tell(key)
        told_at(key, moment)
    assert re.findall(r'id="day-\d">([^<]+)<', as_user(lead).get(PAGE).text) == ["Today", "Yesterday", "4 March 2025"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"a", "b", "c"}),
        ("show=unread", {"b", "c"}),
        ("group=figures", {"c"}),
        ("group=post", {"a", "b"}),
        ("show=unread&group=post", {"b"}),
        ("group=strategy", set()),
        ("group=gossip&show=all&page=x", {"a", "b", "c"}),
    ],
)
def test_a_filter_shows_what_it_says(brand, lead, as_user, query, shown):
    for key, kind in {"a": "post_in_review", "b": "key_date_near", "c": "mention_issue"}.items():
        notify(lead, brand, kind, key, "/", {"title": f"named-{key}"})
    told_at("a", timezone.now(), read_at=timezone.now())
    assert set(re.findall(r"<b>[^<]*named-(\w)", as_user(lead).get(f"{PAGE}?{query}").text)) == shown


@pytest.mark.parametrize(
    ("query", "said"), [("", "Nothing to tell"), ("show=unread", "You have read all"), ("group=post", "Nothing was told")]
)
def test_an_empty_page_says_what_will_be_there(as_user, lead, query, said):
    assert said in as_user(lead).get(f"{PAGE}?{query}").text


def test_one_is_marked_as_read_and_as_unread_again(tell, as_user, lead):
    tell()
    row = Notification.objects.get()
    answer = as_user(lead).post(f"{PAGE}{row.pk}/mark/", {"show": "unread"}, follow=True)
    assert answer.redirect_chain == [(PAGE + "?show=unread", 302)]
    assert "0 unread" in answer.text and "Undo" in answer.text
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', re.search(r'class="sp-undo">(.*?)</form>', answer.text)[1]))
    assert fields["unread"] == "1" and fields["show"] == "unread"
    assert "1 unread" in as_user(lead).post(f"{PAGE}{row.pk}/mark/", fields, follow=True).text


def test_all_are_marked_as_read_and_only_these_come_back(tell, as_user, lead):
    for key in ("before", "a", "b"):
        tell(key)
    told_at("before", timezone.now(), read_at=timezone.now())
    page = as_user(lead).post(PAGE + "read/", follow=True).text
    assert "2 are marked as read." in page and "0 unread" in page
    moment = re.search(r'name="at" value="([^"]+)"', page)[1]
    as_user(lead).post(PAGE + "unread/", {"at": html.unescape(moment)})
    assert set(Notification.objects.unread().values_list("key", flat=True)) == {"a", "b"}


def test_under_a_filter_only_what_is_shown_is_marked(tell, as_user, lead):
    tell("a")
    tell("b", kind="import_done")
    assert "Mark these as read" in as_user(lead).get(PAGE + "?group=figures").text
    as_user(lead).post(PAGE + "read/", {"group": "figures"})
    assert Notification.objects.unread().get().key == "a"


@pytest.mark.parametrize("moment", ["", "soon", "2027-99-01T00:00:00Z", "2027-03-01T00:00:00"])
def test_garbage_for_the_moment_brings_nothing_back(tell, as_user, lead, moment):
    tell()
    Notification.objects.update(read_at=timezone.now())
    assert as_user(lead).post(PAGE + "unread/", {"at": moment}).status_code == 302
    assert not Notification.objects.unread().exists()


def test_nobody_marks_what_was_told_to_another(tell, as_user, lead, marketer):
    tell()
    row, now = Notification.objects.get(), timezone.now()
    assert as_user(marketer).post(f"{PAGE}{row.pk}/mark/").status_code == 404
    Notification.objects.update(read_at=now)
    as_user(marketer).post(PAGE + "unread/", {"at": now.isoformat()})
    assert not Notification.objects.unread().exists()


def test_what_waits_in_other_brands_is_named_with_a_way_there(tell, as_user, lead, person):
    other = Brand.objects.create(name="Choyxona", slug="choyxona")
    left = Brand.objects.create(name="Left", slug="left")
    Membership.objects.create(brand=other, user=lead, role=Role.VIEWER)
    for brand in (other, left):
        notify(lead, brand, "post_in_review", f"k-{brand.slug}", "/", PARAMS)
    page = as_user(lead).get(PAGE).text
    assert '<a href="/brands/choyxona/notifications/">Choyxona (1)</a>' in page and "Left" not in page
    Notification.objects.update(read_at=timezone.now())
    assert "other brands" not in as_user(lead).get(PAGE).text


# --- nothing is kept forever


def test_what_was_read_long_ago_is_forgotten(tell):
    now = timezone.now()
    read = {"old": 181, "recent": 179}
    for key, days in read.items():
        tell(key)
        told_at(key, now - timedelta(days=400), read_at=now - timedelta(days=days))
    for key, days in {"waits": 364, "waited": 366}.items():
        tell(key)
        told_at(key, now - timedelta(days=days))
    assert forget_what_is_old()["notifications"] == 2
    assert forget_what_is_old()["notifications"] == 0
    assert set(Notification.objects.values_list("key", flat=True)) == {"recent", "waits"}
