"""A link that shows a strategy's document to people without an account."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from brands.models import Brand, Role, User
from metrics import pdf, share
from metrics.models import ShareLink
from metrics.tests import documents
from strategies.models import Strategy


@pytest.fixture
def strategy(brand, instagram, person_in, monkeypatch) -> Strategy:
    monkeypatch.setattr(type(brand), "today", lambda self: documents.TODAY)
    strategy = documents.begun(brand)
    documents.fill(strategy, instagram, person_in(Role.LEAD))
    return strategy


@pytest.fixture
def link(strategy) -> ShareLink:
    return strategy.share_links.create(name="Investor", language="en")


def page_of(link: ShareLink, more: str = "") -> str:
    return f"/shared/{share.token(link)}/{more}"


def links_page(strategy: Strategy) -> str:
    return f"/brands/atlas/strategies/{strategy.pk}/links/"


def typed(**fields) -> dict[str, str]:
    return {"name": "Investor", "language": "uz", "until": "", **fields}


# --- reading


def test_whoever_has_the_link_reads_the_document_without_an_account(client, link):
    answer = client.get(page_of(link))
    assert answer.status_code == 200
    assert "Leads 0" in answer.content.decode()


def test_the_page_leaves_no_trace_and_leads_nowhere_into_the_app(client, link):
    answer = client.get(page_of(link))
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    addresses = re.findall(r'<(?:a|form)\b[^>]*(?:href|action)="([^"]*)"', answer.content.decode())
    assert addresses
    assert not [address for address in addresses if not address.startswith(("#", "/shared/"))]


def test_a_link_shows_no_money_unless_it_was_made_to(client, link):
    assert not re.findall(r"UZS|Meta Ads|ROI", client.get(page_of(link)).content.decode())
    ShareLink.objects.update(shows_money=True)
    assert "Meta Ads 0" in client.get(page_of(link)).content.decode()


def test_a_link_speaks_its_own_language_whoever_opens_it(client, link, person_in):
    ShareLink.objects.update(language="uz")
    reader = person_in(Role.VIEWER)
    User.objects.filter(pk=reader.pk).update(language="en")
    client.force_login(reader)
    assert '<html lang="uz"' in client.get(page_of(link)).content.decode()


def closed(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "Atlas" not in page and "Bahor" not in page
    assert "noindex" in answer["X-Robots-Tag"]
    return re.sub(r"\s+", " ", page)


def test_forged_taken_back_and_outdated_links_look_the_same(client, link, strategy):
    outdated = strategy.share_links.create(name="Old", language="en", expires_at=timezone.now() - timedelta(seconds=1))
    gone = strategy.share_links.create(name="Gone", language="en")
    share.take_back(gone)
    signed = share.token(link)
    forged = ["1", "x:y", signed[:-1] + ("A" if signed[-1] != "A" else "B"), signed.swapcase(), "%00", "é" * 40]
    pages = {closed(client, f"/shared/{each}/") for each in forged} | {closed(client, page_of(each)) for each in (outdated, gone)}
    assert len(pages) == 1
    assert "This link does not work" in pages.pop()


def test_a_signature_of_another_purpose_opens_nothing(client, link):
    from brands import invitations

    closed(client, f"/shared/{invitations.SIGNER.sign_object([link.pk, int(link.created_at.timestamp())])}/")


def test_taking_back_works_at_once(client, link):
    assert client.get(page_of(link)).status_code == 200
    share.take_back(link)
    assert client.get(page_of(link)).status_code == 404
    assert client.get(page_of(link, "document.pdf")).status_code == 404


def test_a_link_of_a_deleted_strategy_is_closed(client, link, strategy):
    address = page_of(link)
    strategy.delete()
    assert client.get(address).status_code == 404


def test_visits_are_counted_once_in_five_minutes(client, link):
    for _time in range(3):
        client.get(page_of(link))
    client.head(page_of(link))
    link.refresh_from_db()
    assert link.opened_count == 1
    ShareLink.objects.update(opened_at=timezone.now() - share.ONE_VISIT - timedelta(seconds=1))
    client.get(page_of(link))
    link.refresh_from_db()
    assert link.opened_count == 2


def test_nothing_can_be_sent_to_it(link):
    assert Client().post(page_of(link)).status_code == 405


def test_fifty_of_everything_take_no_more_queries_than_one(client, link, strategy, instagram, count_queries):
    other = documents.begun(strategy.brand)
    documents.fill(other, instagram, User.objects.get(), 50)
    many = other.share_links.create(name="All", language="en", opened_at=timezone.now())
    ShareLink.objects.filter(pk=link.pk).update(opened_at=timezone.now())
    client.get(page_of(link))
    assert count_queries(client, page_of(link)) == count_queries(client, page_of(many)) <= 25


# --- PDF and pictures


def test_the_pdf_comes_through_the_link_and_is_drawn_once(client, link, monkeypatch):
    drawn = []
    caches["documents"].clear()  # another test may have drawn the same words
    monkeypatch.setattr(pdf, "_draw", lambda html, pictures: drawn.append(html) or b"%PDF-fake")
    for _time in range(3):
        answer = client.get(page_of(link, "document.pdf"))
        assert b"".join(answer) == b"%PDF-fake"
    assert len(drawn) == 1
    assert "Meta Ads" not in drawn[0]
    assert answer["Referrer-Policy"] == "no-referrer"


def test_a_refused_pdf_is_a_page_without_a_way_into_the_app(client, link, monkeypatch):
    def refuse(html, pictures=()):
        raise pdf.PdfRefused("busy")

    monkeypatch.setattr(pdf, "pdf_of", refuse)
    answer = client.get(page_of(link, "document.pdf"))
    assert answer.status_code == 503
    assert "/brands/" not in answer.content.decode()


def test_pictures_come_through_the_link_and_only_those_of_its_strategy(client, link, strategy, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    persona = strategy.personas.get()
    persona.picture.save("me.webp", ContentFile(b"RIFF-picture"))
    other = Brand.objects.create(name="Other", slug="other")
    foreign = documents.begun(other).personas.create(name="Nobody")
    foreign.picture.save("you.webp", ContentFile(b"RIFF-foreign"))
    assert f"/pictures/{persona.pk}/" in client.get(page_of(link)).content.decode()
    answer = client.get(page_of(link, f"pictures/{persona.pk}/"))
    assert (answer["Content-Type"], b"".join(answer)) == ("image/webp", b"RIFF-picture")
    assert client.get(page_of(link, f"pictures/{foreign.pk}/")).status_code == 404


# --- making and taking back


def test_a_marketer_makes_a_link_and_finds_its_address(client, marketer, strategy):
    answer = client.post(links_page(strategy), typed(until="2027-06-30"), follow=True)
    link = strategy.share_links.get()
    assert share.token(link) in answer.content.decode()
    assert (link.created_by, link.shows_money, link.language) == (marketer, False, "uz")
    assert link.expires_at.astimezone(strategy.brand.zone).isoformat() == "2027-07-01T00:00:00+05:00"
    assert "until 30 June 2027" in answer.content.decode()


def test_only_a_lead_makes_a_link_with_money(client, marketer, strategy):
    client.post(links_page(strategy), typed(shows_money="on"))
    assert not strategy.share_links.get().shows_money
    client.force_login(User.objects.get(memberships__role=Role.LEAD))
    client.post(links_page(strategy), typed(name="Owner", shows_money="on"))
    assert strategy.share_links.get(name="Owner").shows_money


def test_a_viewer_makes_no_link_and_a_stranger_sees_none(client, person_in, strategy, link):
    client.force_login(person_in(Role.VIEWER))
    assert client.get(links_page(strategy)).status_code == 403
    client.force_login(User.objects.create_user("else@example.uz"))
    assert client.get(links_page(strategy)).status_code == 404
    assert client.post(f"{links_page(strategy)}{link.pk}/take-back/").status_code == 404
    link.refresh_from_db()
    assert link.works


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("name", "x" * 81), ("language", "xx"), ("until", "2027-03-16"), ("until", "2032-01-01")]
)
def test_what_is_not_allowed_is_told_at_the_field_and_kept(client, marketer, strategy, field, value):
    answer = client.post(links_page(strategy), typed(**{field: value}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not strategy.share_links.exists()
    assert answer.context["form"][field].value() == value


def test_there_is_an_end_to_links(client, marketer, strategy):
    ShareLink.objects.bulk_create(ShareLink(strategy=strategy, name=str(number)) for number in range(50))
    assert client.post(links_page(strategy), typed()).status_code == 422
    assert strategy.share_links.count() == 50


def test_a_marketer_takes_a_link_back(client, marketer, strategy, link):
    client.post(f"{links_page(strategy)}{link.pk}/take-back/")
    link.refresh_from_db()
    assert not link.works
    assert "taken back" in client.get(links_page(strategy)).content.decode()


def test_a_link_is_taken_back_through_its_own_strategy_only(client, marketer, strategy, link):
    other = documents.begun(strategy.brand)
    assert client.post(f"{links_page(other)}{link.pk}/take-back/").status_code == 404


def test_the_page_of_links_takes_the_same_queries_for_three_as_for_one(client, marketer, strategy, link, count_queries):
    one = count_queries(client, links_page(strategy))
    for name in ("Client", "Owner"):
        strategy.share_links.create(name=name, created_by=marketer)
    assert count_queries(client, links_page(strategy)) == one


def test_an_empty_page_of_links_says_what_they_are_for(client, marketer, strategy):
    assert "No link yet" in client.get(links_page(strategy)).content.decode()
