from datetime import date

import pytest
from django.urls import reverse

from brands.models import Role
from metrics.models import Observation, StalePeriod


def type_in(client, **typed):
    typed = {"measure": "leads", "value": "120", "start": "2026-01-01", "end": "2026-01-31", **typed}
    return client.post(reverse("metrics:record", args=["atlas"]), typed)


def test_a_figure_is_recorded_for_the_brand(client, marketer, brand):
    type_in(client)
    row = brand.observations.get()
    assert (row.measure, row.value, row.start, row.end) == ("leads", 120, date(2026, 1, 1), date(2026, 1, 31))
    assert (row.channel, row.source, row.recorded_by) == (None, None, marketer)
    assert StalePeriod.objects.filter(brand=brand).exists()


def test_the_same_days_again_replace_the_figure(client, marketer, brand):
    type_in(client)
    page = client.post(
        reverse("metrics:record", args=["atlas"]),
        {"measure": "leads", "value": "90", "start": "2026-01-01", "end": "2026-01-31"},
        follow=True,
    )
    assert brand.observations.get().value == 90
    assert "was replaced" in page.content.decode()


def test_two_rivals_on_the_same_days_are_two_figures(client, marketer, brand):
    type_in(client, measure="competitor_mentions", subject="Ipak")
    type_in(client, measure="competitor_mentions", subject="Baxmal")
    assert brand.observations.count() == 2


def test_an_amount_of_money_has_a_currency_and_nothing_else_has(client, marketer, brand):
    type_in(client, measure="ad_spend", value="1 200,50", currency="USD")
    type_in(client, currency="USD")
    found = dict(brand.observations.values_list("measure", "currency"))
    assert found == {"ad_spend": "USD", "leads": ""}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("value", {"value": "-1"}),
        ("value", {"value": "many"}),
        ("value", {"value": ""}),
        ("value", {"value": "9" * 40}),
        ("value", {"measure": "authenticity", "value": "1.5"}),
        ("measure", {"measure": "interactions"}),
        ("measure", {"measure": "nonsense"}),
        ("end", {"end": "2025-12-31"}),
        ("end", {"end": "2026-02-30"}),
        ("start", {"start": "0001-01-01"}),
        ("end", {"end": "9999-12-31"}),
        ("end", {"start": "2022-12-31"}),
        ("channel", {"channel": "4711"}),
    ],
)
def test_an_impossible_figure_is_refused_beside_its_field(client, marketer, brand, field, typed):
    page = type_in(client, **typed)
    assert page.context["form"].errors[field]
    assert not Observation.objects.exists()


def test_a_link_chooses_the_measure(client, marketer):
    page = client.get(reverse("metrics:record", args=["atlas"]) + "?measure=promoters")
    assert '<option value="promoters" selected>' in page.content.decode()


def test_a_deleted_figure_can_be_put_back(client, marketer, brand):
    type_in(client)
    row = brand.observations.get()
    client.post(reverse("metrics:delete_figure", args=["atlas", row.pk]))
    assert not Observation.objects.exists()
    client.post(reverse("metrics:restore", args=["atlas"]))
    assert brand.observations.get().value == 120


def test_undo_says_so_when_another_figure_took_the_place(client, marketer, brand):
    type_in(client)
    client.post(reverse("metrics:delete_figure", args=["atlas", brand.observations.get().pk]))
    type_in(client, value="7")
    Observation.objects.update(id=4711)
    page = client.post(reverse("metrics:restore", args=["atlas"]), follow=True)
    assert "can no longer be undone" in page.content.decode()
    assert brand.observations.get().value == 7


def test_figures_from_files_are_not_deleted_here(client, marketer, brand, record, instagram):
    from metrics.models import Import

    file = Import.objects.create(brand=brand, name="reach.csv", sha256="0" * 64)
    row = record("reach", "2026-01-01", 5, channel=instagram, source=file)
    assert client.post(reverse("metrics:delete_figure", args=["atlas", row.pk])).status_code == 404


def test_viewers_record_nothing(client, person_in):
    client.force_login(person_in(Role.VIEWER))
    assert type_in(client).status_code == 403
