"""While a brand closes, nothing of it is public: each kind of link for people without an account, and the letters with them.

Ways out of letters work on: whoever wants none need not wait for the brand's end.
"""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from brands import closing
from brands.models import Brand, Role, User
from metrics.models import ReportLetter
from metrics.reports import issuing, letters
from smmplanner.tests.demo_pages import DemoPage, addresses, complete
from smmplanner.tests.test_access_matrix import LINKS

pytestmark = pytest.mark.once

WAYS_OUT = {"end of letters", "end of a report's letters"}


@pytest.fixture(scope="module")
def pages(demo_of_module, django_db_blocker) -> dict[str, list[DemoPage]]:
    """By kind of link, made while the brand was as ever."""
    with django_db_blocker.unblock():
        complete(demo_of_module)
        found = addresses(demo_of_module)
    return {kind: [page for page in found if page.name in names] for kind, (names, _ends) in LINKS.items()}


@pytest.fixture
def lead(demo_of_module, db) -> User:
    return User.objects.get(memberships__brand=demo_of_module, memberships__role=Role.LEAD)


def answers(pages: list[DemoPage]) -> list[int]:
    return [asked(page)[0] for page in pages]


def asked(page: DemoPage) -> tuple[int, bytes]:
    """Read to the end: a file that nobody reads stays open."""
    answer = Client().get(page.path)
    return answer.status_code, b"".join(answer)


@pytest.mark.parametrize("kind", [kind for kind in LINKS if kind not in WAYS_OUT])
def test_a_link_is_gone_while_the_brand_closes_and_back_when_it_is_kept(pages, demo_of_module, lead, kind):
    assert {*answers(pages[kind])} == {200}
    closing.close(demo_of_module, lead)
    refused = answers(pages[kind])
    assert {*refused} <= {404, 410}
    assert demo_of_module.name.encode() not in b"".join(asked(page)[1] for page in pages[kind])
    posted = [Client().post(page.path, {"decision": "agree", "name": "Nodira"}).status_code for page in pages[kind]]
    assert {*posted} <= {404, 405, 410}
    closing.keep(demo_of_module, lead)
    assert {*answers(pages[kind])} == {200}


@pytest.mark.parametrize("kind", sorted(WAYS_OUT))
def test_letters_can_be_ended_while_the_brand_closes(pages, demo_of_module, lead, kind):
    closing.close(demo_of_module, lead)
    (page,) = pages[kind]
    assert Client().get(page.path).status_code == 200
    assert Client().post(page.path, {"List-Unsubscribe": "One-Click"}).status_code == 200


def waiting(brand: Brand, *, outside: bool) -> ReportLetter:
    """A letter of an issued report that has not gone out."""
    rows = ReportLetter.objects.filter(issued__report__brand=brand, issued__state="ready")
    row = rows.filter(recipient__user__isnull=outside).first()
    ReportLetter.objects.filter(issued__report__brand=brand).exclude(pk=row.pk).delete()
    ReportLetter.objects.filter(pk=row.pk).update(sent_at=None, attempts=0, next_try_at=None)
    return row


def test_no_report_is_sent_to_outsiders_while_the_brand_closes(demo_of_module, lead):
    row, now = waiting(demo_of_module, outside=True), timezone.now()
    closing.close(demo_of_module, lead)
    mail.outbox.clear()
    assert row.issued_id not in issuing.unfinished(now).values_list("pk", flat=True)
    assert letters.send_waiting(ReportLetter.objects.get(pk=row.pk).issued, now) == 0 and not mail.outbox
    closing.keep(demo_of_module, lead)
    assert row.issued_id in issuing.unfinished(now).values_list("pk", flat=True)
    assert letters.send_waiting(ReportLetter.objects.get(pk=row.pk).issued, now) == 1
    assert mail.outbox[-1].to == [row.recipient.email]


def test_members_still_get_their_reports(demo_of_module, lead):
    row, now = waiting(demo_of_module, outside=False), timezone.now()
    closing.close(demo_of_module, lead)
    assert row.issued_id in issuing.unfinished(now).values_list("pk", flat=True)
