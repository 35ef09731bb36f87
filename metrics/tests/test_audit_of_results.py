"""Money, downloads and links of results stand in the audit log."""

from datetime import date

import pytest
from django.urls import reverse

from brands.models import AuditEntry, Membership, Role
from metrics.imports import undo
from metrics.models import Import
from metrics.tests.test_ledger import add
from strategies.models import Strategy


def told() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


def last() -> AuditEntry:
    return AuditEntry.objects.latest("pk")


def test_money_recorded_changed_deleted_and_brought_back(client, marketer, brand):
    add(client, investment="500")
    row = brand.ledger_entries.get()
    page = reverse("metrics:entry", args=["atlas", row.pk])
    form = client.get(page).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    client.post(page, typed | {"amount": "700", "date": "2026-01-20"})
    assert (last().act, list(last().details["values"])) == ("money_changed", ["amount"])
    client.post(reverse("metrics:delete_entry", args=["atlas", row.pk]))
    client.post(reverse("metrics:restore", args=["atlas"]))
    assert told() == ["money_added", "money_changed", "deleted", "brought_back"]
    assert {entry.object_id for entry in AuditEntry.objects.all()} == {row.pk}


@pytest.mark.parametrize("name", ["cards", "entries", "imports"])
def test_a_table_taken_away_is_told_once_and_looking_whether_it_is_there_is_not(client, marketer, brand, name):
    url = reverse("metrics:table_csv", args=["atlas", name])
    client.head(url)
    assert told() == []
    b"".join(client.get(url).streaming_content)
    assert (told(), last().details, last().person) == (["file_taken"], {"file": f"{name}.csv"}, marketer)


def test_links_to_a_document_made_and_taken_back(client, marketer, brand):
    strategy = Strategy.objects.create(brand=brand, name="Spring", start=date(2026, 1, 1), end=date(2026, 6, 30))
    client.post(reverse("metrics:share_links", args=["atlas", strategy.pk]), {"name": "Anvar", "language": "uz"})
    link = strategy.share_links.get()
    url = reverse("metrics:take_back_link", args=["atlas", strategy.pk, link.pk])
    client.post(url)
    client.post(url)
    assert told() == ["link_made", "link_ended"]
    assert "Anvar" not in str(list(AuditEntry.objects.values()))


def test_a_report_deleted_by_a_lead(client, marketer, brand):
    Membership.objects.update(role=Role.LEAD)
    report = brand.reports.create(name="Monthly", language="uz", sections=[])
    client.post(reverse("metrics:delete_report", args=["atlas", report.pk]))
    assert (told(), last().title) == (["deleted"], "Monthly")


def test_who_asked_to_take_an_import_back(brand, marketer):
    row = Import.objects.create(brand=brand, name="a.csv", sha256="a", status=Import.Status.APPLIED, uploaded_by=marketer)
    assert undo.begin(row) and not undo.begin(row)
    undo.take_back(row.pk)
    assert told() == ["import_undo_asked", "import_undone"]
