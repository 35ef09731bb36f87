from datetime import timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from brands.models import Role
from calendar_app.models import Post
from metrics.models import Finding, KpiValue
from strategies.models import Goal, Strategy


@pytest.fixture
def strategy(brand) -> Strategy:
    today = brand.today()
    return Strategy.objects.create(brand=brand, name="Spring", start=today - timedelta(days=30), end=today + timedelta(days=60))


@pytest.fixture
def leads(brand, record):
    day = str(brand.today() - timedelta(days=2))
    record("leads", day, 50)
    record("social_sessions", day, 2000)


def write(client, strategy, query="", **typed):
    url = reverse("metrics:new_finding", args=["atlas"]) + query
    return client.post(url, {"strategy": strategy.pk, "text": "Short films sell", "verdict": "works", **typed})


def test_a_finding_keeps_the_figure_as_it_was_when_written(client, marketer, brand, strategy, leads, record):
    write(client, strategy, "?kpi=lead_conversion_rate")
    finding = brand.findings.get()
    pinned = finding.kpi_values.get()
    assert (pinned.kpi, pinned.value, pinned.status, pinned.period) == ("lead_conversion_rate", Decimal("2.50"), "ok", "custom")
    record("leads", str(brand.today() - timedelta(days=3)), 500)
    pinned.refresh_from_db()
    assert pinned.value == Decimal("2.50")
    assert "2.50\xa0%" in client.get(reverse("metrics:findings", args=["atlas"])).content.decode()


def test_a_missing_figure_can_be_pinned_with_its_status(client, marketer, brand, strategy):
    write(client, strategy, "?kpi=nps")
    assert brand.findings.get().kpi_values.get().status == "MISSING_INPUT"


def test_the_form_shows_the_figure_it_will_keep(client, marketer, strategy, leads):
    page = client.get(reverse("metrics:new_finding", args=["atlas"]) + "?kpi=lead_conversion_rate")
    assert "2.50\xa0%" in page.content.decode()


def test_posts_of_the_page_come_along_and_others_do_not(client, marketer, brand, strategy):
    mine = Post.objects.create(brand=brand, title="Film")
    other = type(brand).objects.create(name="Ipak", slug="ipak")
    theirs = Post.objects.create(brand=other, title="Theirs")
    query = f"?post={mine.pk}&post={theirs.pk}&post=x&post=99999999999999999999"
    page = client.get(reverse("metrics:new_finding", args=["atlas"]) + query)
    assert "Film" in page.content.decode()
    assert "Theirs" not in page.content.decode()
    write(client, strategy, query, posts=[mine.pk])
    assert list(brand.findings.get().posts.all()) == [mine]


def test_a_strategy_of_another_brand_is_refused(client, marketer, brand):
    other = type(brand).objects.create(name="Ipak", slug="ipak")
    today = brand.today()
    theirs = Strategy.objects.create(brand=other, name="Theirs", start=today, end=today + timedelta(days=9))
    page = write(client, theirs)
    assert page.context["form"].errors["strategy"]
    assert not Finding.objects.exists()


def test_a_goal_of_another_strategy_is_refused(client, marketer, brand, strategy):
    today = brand.today()
    other = Strategy.objects.create(brand=brand, name="Other", start=today, end=today + timedelta(days=9))
    goal = Goal.objects.create(strategy=other, goal_type="sales", text="Leads")
    assert write(client, strategy, goal=goal.pk).context["form"].errors["goal"]


def test_an_empty_finding_is_refused(client, marketer, strategy):
    assert write(client, strategy, text="  ").context["form"].errors["text"]


def test_two_people_editing_one_finding_lose_nothing(client, marketer, brand, strategy):
    write(client, strategy)
    finding = brand.findings.get()
    url = reverse("metrics:finding", args=["atlas", finding.pk])
    finding.text = "Theirs"
    finding.save_version(finding.version)
    page = client.post(url, {"strategy": strategy.pk, "text": "Mine", "verdict": "open", "version": 1})
    assert "Somebody changed this while you were editing" in page.content.decode()
    assert "Mine" in page.content.decode()
    finding.refresh_from_db()
    assert finding.text == "Theirs"


def test_a_finding_stays_with_its_strategy_when_that_is_archived(client, marketer, brand, strategy):
    """Its own strategy is among the choices, that of others in the archive is not."""
    write(client, strategy)
    brand.strategies.create(name="Last year", start=strategy.start, end=strategy.end, status=Strategy.Status.ARCHIVED)
    Strategy.objects.filter(pk=strategy.pk).update(status=Strategy.Status.ARCHIVED)
    url = reverse("metrics:finding", args=["atlas", brand.findings.get().pk])
    page = client.get(url).content.decode()
    assert f'<option value="{strategy.pk}" selected>Spring</option>' in page and "Last year" not in page
    client.post(url, {"strategy": strategy.pk, "text": "Short films still sell", "verdict": "works", "version": 1})
    assert brand.findings.get().text == "Short films still sell"


def test_a_figure_can_be_let_go_when_editing(client, marketer, brand, strategy, leads):
    write(client, strategy, "?kpi=lead_conversion_rate")
    finding = brand.findings.get()
    url = reverse("metrics:finding", args=["atlas", finding.pk])
    client.post(url, {"strategy": strategy.pk, "text": "Same", "verdict": "works", "version": finding.version})
    assert not finding.kpi_values.exists()
    finding.refresh_from_db()
    assert finding.evidence == []
    assert KpiValue.objects.exists()


def test_a_figure_that_stays_ticked_stays(client, marketer, brand, strategy, leads):
    write(client, strategy, "?kpi=lead_conversion_rate")
    finding = brand.findings.get()
    url = reverse("metrics:finding", args=["atlas", finding.pk])
    page = client.get(url).content.decode()
    assert "2.50\xa0%" in page
    kept = finding.kpi_values.get()
    typed = {"strategy": strategy.pk, "text": "Same", "verdict": "works", "version": finding.version, "figures": [kept.pk]}
    client.post(url, typed)
    finding.refresh_from_db()
    assert [evidence["value"] for evidence in finding.evidence] == ["2.50"]
    assert finding.kpi_values.get() == kept


def test_a_figure_of_another_finding_cannot_be_ticked(client, marketer, brand, strategy, leads):
    write(client, strategy)
    finding = brand.findings.get()
    write(client, strategy, "?kpi=lead_conversion_rate")
    foreign = KpiValue.objects.get()
    url = reverse("metrics:finding", args=["atlas", finding.pk])
    typed = {"strategy": strategy.pk, "text": "Same", "verdict": "works", "version": finding.version, "figures": [foreign.pk]}
    assert client.post(url, typed).context["form"].errors["figures"]


def test_a_second_finding_on_the_same_days_does_not_change_the_first(client, marketer, brand, strategy, leads, record):
    write(client, strategy, "?kpi=lead_conversion_rate")
    record("leads", str(brand.today() - timedelta(days=3)), 500)
    write(client, strategy, "?kpi=lead_conversion_rate")
    first, second = brand.findings.order_by("pk")
    assert first.kpi_values.get() == second.kpi_values.get()
    assert [first.evidence[0]["value"], second.evidence[0]["value"]] == ["2.50", "27.50"]
    page = client.get(reverse("metrics:findings", args=["atlas"])).content.decode()
    assert "2.50\xa0%" in page
    assert page.count("as it was when written; 27.50\xa0% now") == 1


def test_a_deleted_finding_comes_back_with_its_figures_and_posts(client, marketer, brand, strategy, leads):
    post = Post.objects.create(brand=brand, title="Film")
    write(client, strategy, f"?kpi=lead_conversion_rate&post={post.pk}", posts=[post.pk])
    pk = brand.findings.get().pk
    client.post(reverse("metrics:delete_finding", args=["atlas", pk]))
    assert not Finding.objects.exists()
    client.post(reverse("metrics:restore", args=["atlas"]))
    back = Finding.objects.get(pk=pk)
    assert back.kpi_values.count() == back.posts.count() == 1


def test_findings_from_before_keep_what_they_point_at(client, marketer, brand, strategy, leads):
    write(client, strategy, "?kpi=lead_conversion_rate")
    write(client, strategy)
    first = brand.findings.order_by("pk").first()
    kept = first.evidence[0] | {"value": "2.5000"}  # with the places of its column
    brand.findings.update(evidence=[])
    import_module("metrics.migrations.0003_keep_evidence_as_it_was").write_down_what_is_pointed_at(apps, None)
    assert list(brand.findings.order_by("pk").values_list("evidence", flat=True)) == [[kept], []]


def test_viewers_read_findings_and_do_not_write_them(client, person_in, brand, strategy, leads):
    client.force_login(person_in(Role.VIEWER))
    Finding.objects.create(brand=brand, strategy=strategy, text="Short films sell")
    assert "Short films sell" in client.get(reverse("metrics:findings", args=["atlas"])).content.decode()
    assert write(client, strategy).status_code == 403


def test_viewers_are_not_told_pinned_money(client, person_in, brand, strategy):
    finding = Finding.objects.create(brand=brand, strategy=strategy, text="Cheap leads")
    today = brand.today()
    value = KpiValue.objects.create(
        brand=brand, kpi="cpl", period="custom", start=today, end=today, status="ok", value=50000, computed_at=brand.now()
    )
    finding.keep(value)
    url = reverse("metrics:strategy_findings", args=["atlas", strategy.pk])
    client.force_login(person_in(Role.VIEWER))
    assert "50,000" not in client.get(url).content.decode()
    client.force_login(person_in(Role.MARKETER))
    assert "50,000" in client.get(url).content.decode()


def test_the_list_asks_the_same_for_one_finding_and_for_three(client, marketer, brand, strategy, leads, count_queries):
    url = reverse("metrics:findings", args=["atlas"])
    post = Post.objects.create(brand=brand, title="Film")
    write(client, strategy, f"?kpi=lead_conversion_rate&post={post.pk}", posts=[post.pk])
    one = count_queries(client, url)
    write(client, strategy, f"?kpi=ctr&post={post.pk}", posts=[post.pk])
    write(client, strategy, f"?kpi=nps&post={post.pk}", posts=[post.pk])
    assert count_queries(client, url) == one
