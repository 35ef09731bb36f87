import pytest
from django.urls import reverse

from metrics.health.rules import RULES
from metrics.kpi import KPIS
from metrics.library import entries, search
from metrics.library_words import WORDS
from strategies.steps import STEPS


def titles(asked: str, language: str = "en") -> list[str]:
    return [entry.name for entry in search(entries(language, money=True), asked)]


def test_everything_is_on_a_shelf_and_every_kpi_once():
    names = [entry.name for entry in entries("en", money=True)]
    assert len(names) == len(set(names)) == 5 + 7 + 4 + len(RULES) + 5 + 6 + 3 + len(WORDS) + len(KPIS)


def test_every_step_of_the_wizard_leads_to_an_entry_or_a_shelf(client, marketer):
    page = client.get(reverse("metrics:library", args=["atlas"])).content.decode()
    for step in STEPS:
        assert f'id="{step.term}"' in page, step.slug


def test_rules_stand_in_the_library_as_the_health_check_declares_them():
    found = {entry.name: entry for entry in entries("en", money=True)}
    for rule in RULES:
        title = str(found[rule.mistake or rule.name].title)
        assert str(rule.title or rule.good) in title and not title.endswith(": ")


def test_each_type_of_goal_says_what_helps_and_what_it_is_judged_by():
    found = {entry.name: str(entry.body) for entry in entries("en", money=True)}
    assert "exclusive offers. Usual figures: lead growth," in found["goal_sales"]
    assert "cost per lead" in found["goal_sales"].lower()
    assert "must not suffer meanwhile: bounce rate." in found["goal_sales"]
    unseen = {entry.name: str(entry.body) for entry in entries("en", money=False)}
    assert "cost per lead" not in unseen["goal_sales"].lower()


@pytest.mark.parametrize("apostrophe", ["'", "’", "‘", "ʻ", "ʼ", "`"])
def test_any_apostrophe_finds_uzbek_words(apostrophe):
    assert "follower_growth_rate" in titles(f"o{apostrophe}sish")


def test_every_word_must_be_there():
    assert "engagement_rate_reach" in titles("engagement reach")
    assert "engagement_rate_followers" not in titles("engagement reach")
    assert titles("engagement nonsense") == []


def test_capitals_and_the_other_alphabet_find_the_same():
    assert titles("OʻSISH") == titles("ўсиш") == titles("oʼsish") != []


def test_the_page_searches_without_scripts(client, marketer):
    url = reverse("metrics:library", args=["atlas"])
    page = client.get(url, {"q": "bounce"})
    # The KPI, and the two types of goals that it guards.
    assert page.context["count"] == 3
    assert reverse("metrics:kpi", args=["atlas", "bounce_rate"]) in page.content.decode()
    assert "Nothing found" in client.get(url, {"q": "zzz"}).content.decode()


@pytest.mark.parametrize("asked", ["уровень вовлечённости по охвату", "уровень вовлеченности по охвату", "ВОВЛЕЧЁННОСТИ охвату"])
def test_a_kpi_is_found_by_its_russian_name_in_any_language(asked):
    for language in ("en", "uz", "ru"):
        assert "engagement_rate_reach" in titles(asked, language)


@pytest.mark.parametrize("name", KPIS)
def test_every_kpi_has_a_page(client, marketer, name):
    page = client.get(reverse("metrics:kpi", args=["atlas", name]))
    assert page.status_code == 200
    assert page.context["explained"].note


def test_what_the_lecture_says_is_marked_as_a_quotation(client, marketer):
    said = client.get(reverse("metrics:kpi", args=["atlas", "feedback_rate"])).content.decode()
    assert '<blockquote class="sp-quote" lang="uz">' in said
