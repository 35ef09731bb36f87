"""Many rows at once say the same as one by one, on both databases."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from metrics.bulk import put
from metrics.imports.saving import OF_BRAND, OF_CHANNELS
from metrics.models import KpiValue, Observation
from metrics.stored_values import _TARGETS, FIELDS

DAY = date(2026, 1, 5)
ODD = ["plain", "tab\there", "two\nlines", "back\\slash", "\\N", "\\.", "quote ' and \"", "oʻzbek", "\r", " space ", "🎉\u200b"]


@pytest.mark.parametrize("text", ODD)
def test_words_arrive_as_they_were(brand, text):
    with transaction.atomic():
        put(OF_BRAND, [(brand.pk, None, None, text, "leads", DAY, DAY, Decimal("1.5"), "", None, 0, None, None)])
    row = Observation.objects.get()
    assert (row.subject, row.value, row.start, row.source, row.channel) == (text, Decimal("1.5"), DAY, None, None)


def test_documents_arrive_as_they_were(brand):
    inputs = {"likes": "1/3", "odd": 'a\\b\t"c"\n', "none": None}
    values = (
        brand.pk,
        None,
        None,
        None,
        "ctr",
        "month",
        DAY,
        DAY,
        "ok",
        Decimal("2.5"),
        "5/2",
        inputs,
        "2026-01-05T10:00:00+00:00",
    )
    with transaction.atomic():
        put(_TARGETS["brand"], [values])
    row = KpiValue.objects.get()
    assert (row.inputs, row.value, row.exact) == (inputs, Decimal("2.5"), "5/2")
    assert len(FIELDS) == len(values)


def test_a_row_that_is_there_is_replaced_or_kept(brand, instagram):
    def rows(value: int) -> list[tuple]:
        return [(brand.pk, instagram.pk, None, "", "likes", DAY, DAY, Decimal(value), "", None, 0, None, None)]

    for value, replace, found in ((1, True, 1), (2, False, 1), (3, True, 3)):
        with transaction.atomic():
            put(OF_CHANNELS, rows(value), replace=replace)
        assert Observation.objects.get().value == found
