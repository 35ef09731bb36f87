"""The strategy as one document: what stands in it, for whom, and how many questions it costs."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils.translation import override

from brands.models import Role, User
from metrics.document.budget import by_month
from metrics.document.planning import newest, risk_grid
from metrics.document.strategies import editorial_plans
from metrics.templatetags.paper import paper_bar, paper_line, paper_mix
from metrics.tests import documents
from strategies.models import Audit, BudgetLine, EditorialPlan, Risk, Strategy

CHAPTERS = ["Goals", "Planning", "Strategies", "Monitoring", "Analysis"]


@pytest.fixture
def strategy(brand, monkeypatch) -> Strategy:
    monkeypatch.setattr(type(brand), "today", lambda self: documents.TODAY)
    return documents.begun(brand)


@pytest.fixture
def lead(person_in, client) -> User:
    user = person_in(Role.LEAD)
    client.force_login(user)
    return user


def address(strategy: Strategy, name: str = "document/") -> str:
    return f"/brands/atlas/strategies/{strategy.pk}/{name}"


def text_of(answer) -> str:
    page = re.sub(r"<svg.*?</svg>", "", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition('<article class="sp-paper">')[2]).split())


def test_everything_that_was_planned_stands_in_the_document(client, lead, strategy, instagram):
    documents.fill(strategy, instagram, lead)
    answer = client.get(address(strategy))
    assert answer.status_code == 200
    page = text_of(answer)
    for words in (
        "Bahor 2027", "version 1 approved", "day 45 of 181", "Sell out 0", "Leads 0", "1,600 leads", "Dresses of adras", "Madina 0",
        "Fears a wrong size", "Ipak 0", "Nobody shows the weaving", "Photographer 0", "Too little", "Cloth arrives late 0",
        "high × medium = 6", "Meta Ads 0", "Buyers ask there", "Workshop 0", "Spring ads 0", "Club 0", "Navroʻz fair 0", "Tip 0",
        "not below 10", "Buffer posts", "Rain 0", "Nearly all", "Films work 0", "Health score 79 of 100",
        "The target audience is not defined", "Later, with the autumn plan", "leads", "planned posts kept",
    ):  # fmt: skip
        assert words in page, words


def test_the_five_stages_are_chapters_in_their_order(client, lead, strategy):
    page = client.get(address(strategy))
    assert [chapter.title for chapter in page.context["chapters"]] == CHAPTERS
    headings = re.findall(r"<h([1-4])", page.content.decode().partition('<article class="sp-paper">')[2])
    levels = [int(level) for level in headings]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(later - before <= 1 for before, later in pairwise(levels)), levels


def test_a_document_of_an_empty_strategy_says_what_is_not_there(client, lead, strategy):
    page = text_of(client.get(address(strategy)))
    assert "Nothing is written here yet." in page
    assert "Still open in the plan" in page and "No goal yet" in page


def test_a_chapter_names_the_sections_that_nobody_filled_in(client, lead, strategy):
    strategy.risks.create(name="Storm")
    page = text_of(client.get(address(strategy)))
    assert "Nothing yet on: Six planning steps, Audience, Personas, Audits, Gaps we use, Assets and resources, Budget." in page


def test_every_entry_of_the_contents_leads_somewhere(client, lead, strategy, instagram):
    documents.fill(strategy, instagram, lead)
    page = client.get(address(strategy)).content.decode()
    named = re.findall(r'href="#([\w-]+)"', page.partition('class="sp-paper__toc"')[2].partition("</nav>")[0])
    assert len(named) > 20
    assert not [anchor for anchor in named if f'id="{anchor}"' not in page]


def test_a_viewer_reads_it_without_money(client, person_in, strategy, instagram):
    documents.fill(strategy, instagram, person_in(Role.LEAD))
    client.force_login(person_in(Role.VIEWER))
    page = client.get(address(strategy)).content.decode()
    assert "Leads 0" in page
    assert not re.findall(r"\d[\d,. \u00a0]*UZS|Meta Ads|ROI|6,000,000", page)
    assert "Share" not in re.findall(r">([A-Z]\w+)</a>", page)


def test_a_stranger_and_the_anonymous_do_not_read_it(client, strategy):
    assert client.get(address(strategy)).status_code == 302
    client.force_login(User.objects.create_user("else@example.uz"))
    assert client.get(address(strategy)).status_code == 404


def test_it_is_written_in_the_readers_language_and_numbers(client, lead, strategy, instagram):
    documents.fill(strategy, instagram, lead)
    User.objects.filter(pk=lead.pk).update(language="uz")
    page = client.get(address(strategy)).content.decode()
    assert '<html lang="uz"' in page
    assert "6\xa0000\xa0000" in page


def test_fifty_of_everything_take_no_more_queries_than_one(client, lead, strategy, instagram, count_queries):
    documents.fill(strategy, instagram, lead)
    other = documents.begun(strategy.brand)
    documents.fill(other, instagram, lead, 50)
    client.get(address(strategy))
    few, many = count_queries(client, address(strategy)), count_queries(client, address(other))
    assert few == many
    assert few <= 25


def test_what_people_wrote_is_escaped(client, lead, strategy, instagram):
    documents.fill(strategy, instagram, lead)
    nasty = '<script>alert("x")</script>'
    Strategy.objects.filter(pk=strategy.pk).update(name=nasty, summary=nasty)
    strategy.personas.update(name=nasty, notes=nasty)
    strategy.pillars.update(name=nasty)
    assert "<script>alert" not in client.get(address(strategy)).content.decode()


def test_a_page_without_scripts_or_styles_of_its_own(client, lead, strategy, instagram):
    documents.fill(strategy, instagram, lead)
    article = client.get(address(strategy)).content.decode().partition('<article class="sp-paper">')[2].partition("</article>")[0]
    assert not re.findall(r" style=|<script| on\w+=", article)


def test_a_picture_comes_through_the_brands_door(client, lead, strategy, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    persona = strategy.personas.create(name="Madina")
    persona.picture.save("me.webp", ContentFile(b"RIFF-picture"))
    door = address(strategy, f"document/pictures/{persona.pk}/")
    assert f'src="{door}" alt="Picture of Madina"' in client.get(address(strategy)).content.decode()
    assert b"".join(client.get(door)) == b"RIFF-picture"
    persona.picture.storage.delete(persona.picture.name)
    assert client.get(door).status_code == 404
    client.force_login(User.objects.create_user("else@example.uz"))
    assert client.get(door).status_code == 404


def test_a_viewer_does_not_read_what_a_paid_way_should_bring(client, person_in, strategy):
    """People write amounts there."""
    strategy.activities.create(method="ads", name="Spring ads", expected="900 leads at 25,000 soʻm")
    strategy.activities.create(method="community", name="Club", expected="Their guests")
    client.force_login(person_in(Role.VIEWER))
    page = text_of(client.get(address(strategy)))
    assert "Spring ads" in page and "Their guests" in page and "25,000" not in page


def test_of_plans_that_are_over_only_the_last_stands_there():
    class Rows:
        def __init__(self, *plans):
            self.plans = plans

        def all(self):
            return self.plans

    class Read:
        brand = type("Brand", (), {"today": lambda self: documents.TODAY})()

    def plan(start: str, end: str, is_active=True) -> EditorialPlan:
        return EditorialPlan(start=date.fromisoformat(start), end=date.fromisoformat(end), is_active=is_active)

    january, march, april = plan("2027-01-01", "2027-01-31"), plan("2027-03-01", "2027-03-31"), plan("2027-04-01", "2027-04-30")
    off = plan("2027-05-01", "2027-05-31", is_active=False)
    Read.editorial_plans = Rows(april, january, march, off)
    assert editorial_plans(Read) == [march, april]
    Read.editorial_plans = Rows(plan("2026-12-01", "2026-12-31"), january, off)
    assert editorial_plans(Read) == [january]


# --- the pure parts


def test_the_newest_audit_of_a_channel_stands_for_it():
    first, second, other = Audit(pk=1), Audit(pk=2, earlier_id=1), Audit(pk=3)
    assert {audit.pk for audit in newest([first, second, other])} == {2, 3}


def test_risks_stand_in_the_grid_by_their_number_in_the_list():
    grid = risk_grid([Risk(likelihood=3, effect=3), Risk(likelihood=1, effect=2), Risk(likelihood=3, effect=3)])
    assert [[numbers for _weight, numbers in cells] for _label, cells in grid] == [
        [[], [], [1, 3]],
        [[], [], []],
        [[], [2], []],
    ]
    assert [[weight for weight, _numbers in cells] for _label, cells in grid] == [[3, 6, 9], [2, 4, 6], [1, 2, 3]]


def test_months_without_a_line_are_not_in_the_months(db, strategy):
    line = strategy.budget_lines.create(kind="ads", planned=3)
    line.months.create(month="2027-03-01", planned=2)
    line.months.create(month="2027-04-01", planned=1)
    rows = by_month(list(BudgetLine.objects.prefetch_related("months")))
    assert [(month.month, sum_, share) for month, sum_, share in rows] == [(3, 2, 100), (4, 1, 50)]


@pytest.mark.parametrize(("percent", "width"), [(None, "0.0"), (-5, "0.0"), (50, "80.0"), (Decimal("250"), "160.0")])
def test_a_bar_never_leaves_its_track(percent, width):
    with override("en"):
        assert f'y="2" width="{width}"' in paper_bar(percent, label="x")


def test_a_missing_week_is_a_gap_in_the_line():
    drawn = paper_line([Decimal(1), Decimal(2), None, Decimal(3), Decimal(4)], label="x")
    assert drawn.count("<polyline") == 2
    assert paper_line([None, Decimal(1)]) == ""


def test_charts_tell_their_words_and_escape_them():
    assert "<title>&lt;b&gt;</title>" in paper_bar(10, label="<b>")
    assert "<title>&lt;b&gt;</title>" in paper_mix([60, 40], label="<b>")


def test_two_people_may_read_it_at_once(lead, strategy, instagram):
    """Reading writes nothing: two readers cannot be in each other's way."""
    documents.fill(strategy, instagram, lead)
    before = Strategy.objects.values().get(pk=strategy.pk)
    for _reader in range(2):
        reader = Client()
        reader.force_login(lead)
        assert reader.get(address(strategy)).status_code == 200
    assert Strategy.objects.values().get(pk=strategy.pk) == before
