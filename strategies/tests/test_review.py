"""The talk before an approval: comments on steps, who is told, and stages that are opened again."""

import pytest

from brands.models import Brand, Notification
from strategies import stages
from strategies.models import StepComment, Strategy
from strategies.steps import STEPS, find, register_gate
from strategies.tests.filling import fill

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def whole(spring, telegram) -> Strategy:
    return fill(spring, telegram)


@pytest.fixture
def say(whole):
    return lambda client, text, step="goals": client.post(f"/brands/atlas/strategies/{whole.pk}/{step}/comment/", {"text": text})


def kinds_for(user) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def test_a_comment_stands_beside_its_step_until_it_is_settled(as_lead, lead, whole, say, step_url):
    assert say(as_lead, "Too many leads for two people").status_code == 302
    comment = whole.comments.get()
    assert (comment.by, comment.step) == (lead, "goals")
    shown = as_lead.get(step_url("goals")).content.decode()
    assert "Too many leads for two people" in shown
    assert "open comment" in shown
    assert "Too many leads" not in as_lead.get(step_url("targets")).content.decode()
    as_lead.post(f"/brands/atlas/strategies/{whole.pk}/comments/{comment.pk}/")
    comment.refresh_from_db()
    assert comment.settled_by == lead
    shown = as_lead.get(step_url("goals")).content.decode()
    assert "settled by Malika Yusupova" in shown
    assert "open comment" not in shown
    as_lead.post(f"/brands/atlas/strategies/{whole.pk}/comments/{comment.pk}/", {"reopen": "1"})
    assert StepComment.objects.get().settled_at is None


def test_the_strategys_page_counts_open_comments_and_leads_to_them(as_lead, whole, say):
    for text in ("One", "Two"):
        say(as_lead, text, "budget")
    shown = as_lead.get(whole.get_absolute_url()).content.decode()
    assert "budget/#comments" in shown
    assert '<span class="sp-cnt">2</span>' in shown


@pytest.mark.parametrize(("text", "said"), [("", "Write what you want to say"), ("x" * 2001, "this has 2001")])
def test_what_is_no_comment_is_told_at_the_field_and_kept(as_lead, whole, say, text, said):
    response = say(as_lead, text)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert text in response.content.decode()
    assert not whole.comments.exists()


def test_a_comment_is_text_and_nothing_else(as_lead, say, step_url):
    say(as_lead, "<img src=x onerror=alert(1)>")
    assert "<img src=x" not in as_lead.get(step_url("goals")).content.decode()


def test_viewers_and_strangers_do_not_comment(client, viewer, stranger, lead, whole, say):
    comment = whole.comments.create(step="goals", text="Why?", by=lead)
    settle = f"/brands/atlas/strategies/{whole.pk}/comments/{comment.pk}/"
    client.force_login(viewer)
    assert say(client, "Me too").status_code == 403
    assert client.post(settle).status_code == 403
    client.force_login(stranger)
    assert say(client, "Me too").status_code == 404
    assert client.post(settle).status_code == 404


def test_a_comment_of_another_strategy_is_not_found(as_lead, whole):
    other = Strategy.objects.create(
        brand=Brand.objects.create(name="O", slug="o"), name="O", start="2027-01-01", end="2027-06-30"
    )
    theirs = other.comments.create(step="goals", text="Theirs")
    assert as_lead.post(f"/brands/atlas/strategies/{whole.pk}/comments/{theirs.pk}/").status_code == 404
    assert as_lead.post(f"/brands/atlas/strategies/{whole.pk}/nonsense/comment/", {"text": "x"}).status_code == 404


def test_who_began_the_strategy_hears_of_a_comment_and_so_does_who_spoke_before(client, lead, marketer, whole, say):
    Strategy.objects.update(created_by=marketer)
    client.force_login(lead)
    say(client, "Why so many?")
    assert kinds_for(marketer) == ["strategy_commented"]
    assert kinds_for(lead) == []
    client.force_login(marketer)
    say(client, "Because of Navroʻz")
    assert kinds_for(lead) == ["strategy_commented"]
    assert kinds_for(marketer) == ["strategy_commented"]


def test_leads_hear_of_what_waits_for_them_and_writers_of_the_answer(client, lead, marketer, whole, say):
    to = f"/brands/atlas/strategies/{whole.pk}/to/"
    client.force_login(marketer)
    client.post(f"{to}submit/")
    assert kinds_for(lead) == ["strategy_in_review"]
    assert kinds_for(marketer) == []
    client.force_login(lead)
    client.post(f"{to}return/", {"note": "The second goal is too small"})
    client.post(f"{to}approve/")
    assert kinds_for(marketer) == ["strategy_returned", "strategy_approved"]


def test_a_strategy_with_open_comments_is_returned_without_a_note(as_lead, whole, say):
    Strategy.objects.update(status="in_review")
    url = f"/brands/atlas/strategies/{whole.pk}/to/return/"
    assert as_lead.post(url, {"note": ""}).status_code == 409
    say(as_lead, "Look at the deadline")
    as_lead.post(url, {"note": ""})
    assert Strategy.objects.get().status == "draft"


def test_every_step_shows_its_comments_and_its_last_change(as_marketer, lead, whole, step_url):
    for step in STEPS:
        whole.comments.create(step=step.slug, text=f"About {step.slug}", by=lead)
    for step in STEPS:
        shown = as_marketer.get(step_url(step.slug)).content.decode()
        assert f"About {step.slug}" in shown, step.slug
        assert "/comment/" in shown


@pytest.mark.parametrize("slug", ["risks", "resources", "platforms", "mix", "methods", "audits"])
def test_a_stage_opened_again_flags_later_ones_and_loses_nothing(as_marketer, whole, step_url, slug):
    register_gate("calendar_covers_four_weeks", lambda strategy: [])
    register_gate("figures_per_channel", lambda strategy: [])
    for stage in ("goals", "planning", "strategies", "monitoring"):
        stages.note_change(whole, next(step for step in STEPS if step.stage == stage))
    as_marketer.get(whole.get_absolute_url())
    flag = f"“{find(slug).label}” changed after this was settled"
    assert flag not in as_marketer.get(step_url("goals")).content.decode()
    stages.note_change(whole, find(slug))
    assert flag in as_marketer.get(step_url("goals")).content.decode()
    assert whole.watch_items.exists()
    for stage in ("strategies", "monitoring"):
        as_marketer.post(f"/brands/atlas/strategies/{whole.pk}/confirm/{stage}/")
    assert flag not in as_marketer.get(step_url("watch")).content.decode()


# --- a strategy that came back

NOTE = "Halve the leads, or find a third pair of hands"


@pytest.fixture
def sent_back(whole, lead):
    whole.events.create(kind="submitted")
    whole.events.create(kind="returned", by=lead, note=NOTE)
    return whole


def test_the_note_of_a_return_stands_on_the_strategys_page_and_on_each_step(as_marketer, sent_back, step_url):
    sent_back.comments.create(step="budget", text="Too much")
    for url in (sent_back.get_absolute_url(), step_url("goals"), step_url("budget")):
        shown = as_marketer.get(url).content.decode()
        assert "Malika Yusupova returned it on" in shown
        assert f"<blockquote>{NOTE}</blockquote>" in shown
        assert "budget/#comments" in shown.partition("sp-returned")[2].partition("</section>")[0]


@pytest.mark.parametrize("kind", ["waived", "budget"])
def test_a_note_stays_while_the_strategy_is_put_right(as_marketer, sent_back, step_url, kind):
    sent_back.events.create(kind=kind, note="Later")
    assert NOTE in as_marketer.get(step_url("goals")).content.decode()


def test_a_note_goes_when_the_strategy_is_sent_again_and_does_not_come_back_with_a_new_draft(as_marketer, sent_back, step_url):
    as_marketer.post(f"{sent_back.get_absolute_url()}to/submit/")
    sent_back.refresh_from_db()
    assert sent_back.status == "in_review"
    assert "sp-returned" not in as_marketer.get(step_url("goals")).content.decode()
    sent_back.events.create(kind="approved")
    Strategy.objects.filter(pk=sent_back.pk).update(status="draft")
    assert "sp-returned" not in as_marketer.get(step_url("goals")).content.decode()


def test_a_client_does_not_read_what_the_writers_are_told(as_viewer, sent_back):
    assert "sp-returned" not in as_viewer.get(sent_back.get_absolute_url()).content.decode()
