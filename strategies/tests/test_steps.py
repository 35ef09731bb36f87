"""What each step saves."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.core.exceptions import ValidationError
from django.forms import CharField, DateField

from brands.models import Brand, User
from strategies import forms
from strategies.forms.rows import RowForm, bound_day, bound_text
from strategies.models import Answer, AudienceAnswer, Persona, PlanningStep, StrategyChannel
from strategies.tests.filling import fill

pytestmark = [pytest.mark.django_db, pytest.mark.once]


for _module in iter_modules(forms.__path__):
    import_module(f"{forms.__name__}.{_module.name}")


def _all_forms(form: type[RowForm]) -> set[type[RowForm]]:
    return {form}.union(*(_all_forms(kind) for kind in form.__subclasses__()))


def test_a_planning_step_has_words_a_person_and_a_day(as_marketer, marketer, step_url, spring):
    row = spring.planning_steps.get(step="assets")
    sent = {f"row-{row.pk}-text": "Two people", f"row-{row.pk}-owner": marketer.pk, f"row-{row.pk}-due": "2027-02-10"}
    as_marketer.post(step_url("plan"), sent | {f"row-{row.pk}-version": 1})
    assert PlanningStep.objects.filter(text="Two people", owner=marketer, due=date(2027, 2, 10)).get() == row


@pytest.mark.parametrize(
    ("due", "text", "said"),
    [
        ("2026-12-02", "Two people", "Long before the strategy begins"),
        ("2026-12-03", "Two people", ""),
        ("2027-02-10", "Two people", ""),
        ("2027-02-10", "", "This day is over"),
        ("2027-03-10", "", ""),
        ("2027-08-01", "Two people", "After the end"),
    ],
)
def test_a_day_that_looks_like_a_slip_is_kept_and_said(as_marketer, step_url, spring, monkeypatch, due, text, said):
    monkeypatch.setattr(Brand, "today", lambda self: date(2027, 3, 10))
    row = spring.planning_steps.get(step="assets")
    sent = {f"row-{row.pk}-text": text, f"row-{row.pk}-due": due, f"row-{row.pk}-version": 1}
    answer = as_marketer.post(step_url("plan"), sent, headers={"X-Autosave": "yes"}).json()
    hint = answer["parts"][f"row-{row.pk}-due-hint"]
    assert answer["saved"] and (hint.startswith(said) if said else not hint)
    assert str(PlanningStep.objects.get(pk=row.pk).due) == due
    assert hint in as_marketer.get(step_url("plan")).content.decode()


def test_only_members_can_be_made_responsible(as_marketer, step_url, spring, stranger):
    row = spring.planning_steps.get(step="assets")
    sent = {f"row-{row.pk}-text": "Two people", f"row-{row.pk}-owner": stranger.pk, f"row-{row.pk}-version": 1}
    assert as_marketer.post(step_url("plan"), sent).status_code == 422


def test_an_audience_answer_is_saved(as_marketer, step_url, spring):
    row = spring.audience_answers.get(question="product")
    as_marketer.post(step_url("audience"), {f"row-{row.pk}-text": "Dresses of adras", f"row-{row.pk}-version": 1})
    assert AudienceAnswer.objects.get(pk=row.pk).is_complete


def test_a_text_without_end_is_told_at_its_field_and_kept(as_marketer, step_url, spring):
    row = spring.audience_answers.get(question="product")
    sent = {f"row-{row.pk}-text": "oʻ" * 2501, f"row-{row.pk}-version": 1}
    response = as_marketer.post(step_url("audience"), sent)
    page = response.content.decode()
    assert response.status_code == 422 and "oʻ" * 2501 in page
    assert "at most 5000 characters (it has 5002)" in page
    as_marketer.post(step_url("audience"), sent | {f"row-{row.pk}-text": "oʻ" * 2500})
    assert len(AudienceAnswer.objects.get(pk=row.pk).text) == 5000


@pytest.mark.parametrize("form", sorted(_all_forms(RowForm), key=str), ids=lambda form: form.__name__)
def test_every_text_of_a_step_has_an_end(form):
    texts = {name: deepcopy(field) for name, field in form.base_fields.items() if isinstance(field, CharField)}
    for name, field in texts.items():
        bound_text(field)
        assert field.max_length, name


@pytest.mark.parametrize("day", ["1999-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_of_another_century_is_told_at_its_field_and_kept(as_marketer, step_url, spring, day):
    row = spring.planning_steps.get(step="assets")
    sent = {f"row-{row.pk}-text": "Two people", f"row-{row.pk}-due": day, f"row-{row.pk}-version": 1}
    response = as_marketer.post(step_url("plan"), sent)
    page = response.content.decode()
    assert (response.status_code, "Choose a date of this century." in page, day in page) == (422, True, True)


@pytest.mark.parametrize("form", sorted(_all_forms(RowForm), key=str), ids=lambda form: form.__name__)
def test_every_day_of_a_step_has_a_last(form):
    for name, field in form.base_fields.items():
        day = deepcopy(field)
        bound_day(day)
        if isinstance(day, DateField) and name not in form.bounds_days_itself:
            with pytest.raises(ValidationError):
                day.run_validators(date(2101, 1, 1))


def test_a_persona_says_what_it_lacks(as_marketer, step_url, spring):
    as_marketer.post(step_url("personas"), {"item": "new", "item-name": "Sardor", "item-version": 1})
    assert Persona.objects.get().name == "Sardor"
    page = as_marketer.get(step_url("personas")).content.decode()
    assert "Still missing: age, pain points, how the brand helps, active platforms" in page


def test_an_audit_of_a_competitor_needs_a_name_and_numbers(as_marketer, step_url, spring):
    sent = {"kind": "competitor", "item-competitor": " ", "item-followers": "many", "item-version": 1}
    response = as_marketer.post(step_url("audits"), sent)
    assert "Enter a number." in response.content.decode()
    as_marketer.post(step_url("audits"), sent | {"item-competitor": "Milliy Gul", "item-followers": "31 400"})
    assert spring.audits.get().followers == 31400


def test_budget_lines_are_summed_while_they_are_typed(as_marketer, step_url, spring):
    sent = {"new-kind": "ads", "new-name": "Ads", "new-month-2027-03-01": "38,000,000.50", "new-version": 1}
    answer = as_marketer.post(step_url("budget"), sent, headers={"X-Autosave": "yes"}).json()
    assert "38,000,000.50" in answer["parts"]["budget-live"]
    line = spring.budget_lines.get()
    assert (line.planned, line.months.get().month) == (Decimal("38000000.50"), date(2027, 3, 1))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"new-planned": "-5"}, "greater than or equal to 0"),
        ({"new-planned": "1e400"}, "digits"),
        ({"new-planned": "9" * 30}, "digits"),
        ({"new-month-2027-03-01": "soon"}, "Enter a number"),
        ({"new-channel": "x"}, "not one of the available choices"),
    ],
)
def test_a_budget_line_that_cannot_be_is_refused(as_marketer, step_url, spring, changes, said):
    sent = {"new-kind": "ads", "new-name": "Ads", "new-planned": "5", "new-version": 1}
    response = as_marketer.post(step_url("budget"), sent | changes)
    assert (response.status_code, said in response.content.decode()) == (422, True)
    assert not spring.budget_lines.exists()


def test_a_channel_is_used_at_the_platforms_usual_rhythm(as_marketer, step_url, spring, telegram):
    as_marketer.post(step_url("channels"), {"action": f"use-{telegram.pk}"})
    row = StrategyChannel.objects.get()
    assert (row.channel, row.posts_per_week) == (telegram, telegram.platform.cadence_min)
    as_marketer.post(step_url("channels"), {"remove": row.pk})
    assert not StrategyChannel.objects.exists()


@pytest.mark.parametrize("action", ["use-0", "use-abc", "use-", "usual-9", "nonsense", "use-99999999999999999999"])
def test_a_button_that_is_none_does_no_harm(as_marketer, step_url, spring, action):
    for slug in ("channels", "targets", "watch"):
        assert as_marketer.post(step_url(slug), {"action": action}).status_code in (302, 404)
    assert not StrategyChannel.objects.exists()


def test_hours_are_compared_with_what_the_team_has(as_marketer, step_url, spring, telegram):
    StrategyChannel.objects.create(strategy=spring, channel=telegram, posts_per_week=15, hours_per_post=2)
    page = as_marketer.get(step_url("channels")).content.decode()
    assert "More hours than the team has" in page
    assert "<b>30.0</b>" in page


def test_the_fifth_channel_is_warned_about_but_not_refused(as_marketer, shop, step_url, spring):
    from brands.models import Channel, Platform

    for slug in ("facebook", "tiktok", "youtube", "instagram", "telegram"):
        channel = Channel.objects.create(brand=shop, platform=Platform.objects.get(slug=slug), handle=slug)
        as_marketer.post(step_url("channels"), {"action": f"use-{channel.pk}"})
    assert spring.strategy_channels.count() == 5
    assert "5 channels: with more than three or four" in as_marketer.get(step_url("channels")).content.decode()


def test_the_type_that_leads_does_not_go_along_as_well(as_marketer, step_url, spring):
    sent = {"strategy-primary_type": "content", "strategy-secondary_types": ["content", "commerce"], "strategy-version": 1}
    as_marketer.post(step_url("type"), sent)
    spring.refresh_from_db()
    assert (spring.primary_type, spring.secondary_types) == ("content", ["commerce"])


def test_what_the_goals_are_judged_by_is_watched_with_one_press(as_marketer, step_url, spring, telegram):
    fill(spring, telegram)
    as_marketer.post(step_url("watch"), {"action": "goals"})
    as_marketer.post(step_url("watch"), {"action": "goals"})
    assert sorted(item.metric for item in spring.watch_items.all()) == ["followers", "leads"]


def test_a_verdict_and_its_reason_are_saved(as_marketer, step_url, spring):
    row = spring.answers.get(question="goals")
    sent = {f"row-{row.pk}-verdict": "partly", f"row-{row.pk}-text": "Three of four", f"row-{row.pk}-version": 1}
    as_marketer.post(step_url("questions"), sent)
    assert Answer.objects.get(pk=row.pk).get_verdict_display() == "Partly"


def test_a_row_of_another_strategy_is_out_of_reach(as_marketer, shop, step_url, spring):
    other = shop.strategies.create(name="Other", start=date(2028, 1, 1), end=date(2028, 6, 30))
    foreign = other.objectives.create(text="Theirs")
    as_marketer.post(step_url("business-goals"), {"remove": foreign.pk})
    as_marketer.post(step_url("business-goals"), {f"row-{foreign.pk}-text": "Ours", f"row-{foreign.pk}-version": 1})
    foreign.refresh_from_db()
    assert foreign.text == "Theirs"


def test_the_administration_lists_and_opens_every_table(client, spring, telegram):
    from django.apps import apps
    from django.contrib import admin

    fill(spring, telegram)
    client.force_login(User.objects.create_superuser("root@atlas.example", "x"))
    for model in apps.get_app_config("strategies").get_models():
        if model in admin.site._registry:
            url = f"/admin/strategies/{model._meta.model_name}/"
            assert client.get(url).status_code == 200
            if row := model.objects.first():
                assert client.get(f"{url}{row.pk}/change/").status_code == 200
