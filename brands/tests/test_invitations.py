from datetime import timedelta

import pytest
from django.core import mail, signing
from django.db import IntegrityError
from django.utils import timezone

from brands import invitations
from brands.models import Brand, Invitation, Membership, Role, User

TEAM = "/brands/atlas/settings/team/"


@pytest.fixture
def invitation(brand, lead) -> Invitation:
    return invitations.invite(brand, "aziza@example.uz", Role.MARKETER, lead)


@pytest.fixture
def aziza(person) -> User:
    return person("aziza")


def link(invitation: Invitation) -> str:
    return f"/invitations/{invitations.token(invitation)}/"


def invite(client, email="aziza@example.uz", role="20"):
    return client.post(TEAM + "invite/", {"email": email, "role": role})


# --- inviting


def test_an_invited_person_gets_a_letter_with_the_link(as_user, lead, brand):
    assert invite(as_user(lead)).url == TEAM
    letter = mail.outbox[0]
    assert letter.to == ["aziza@example.uz"]
    assert link(Invitation.objects.get()) in letter.body
    assert "http://" in letter.body
    assert link(Invitation.objects.get()) in letter.alternatives[0].content


def test_the_letter_cannot_be_given_headers_by_a_name(as_user, lead, brand):
    brand.name = "Atlas\r\nBcc: all@example.uz"
    brand.save()
    invite(as_user(lead))
    assert mail.outbox[0].recipients() == ["aziza@example.uz"]


def test_inviting_again_renews_the_one_that_is_open(as_user, lead, brand):
    client = as_user(lead)
    invite(client)
    invite(client, email="AZIZA@example.uz", role="10")
    row = Invitation.objects.get()
    assert row.role == Role.VIEWER


def test_the_database_keeps_one_open_invitation_per_address(invitation, brand):
    with pytest.raises(IntegrityError):
        brand.invitations.create(email="Aziza@Example.uz", expires_at=timezone.now())


def test_a_member_is_not_invited_again(as_user, lead, marketer):
    response = invite(as_user(lead), email="JASUR@example.uz")
    assert "in the team already" in response.context["form"].errors["email"][0]
    assert not mail.outbox


@pytest.mark.parametrize(
    ("email", "role"), [("", "20"), ("nobody", "20"), ("a@example.uz", "99"), ("a@example.uz", "x"), ("a\n@example.uz", "20")]
)
def test_garbage_is_refused(as_user, lead, email, role):
    assert invite(as_user(lead), email, role).context["form"].errors
    assert not Invitation.objects.exists()


def test_a_mail_server_that_is_away_does_not_lose_the_invitation(as_user, lead, brand, monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("brands.invitations.send_letter", away)
    response = as_user(lead).post(TEAM + "invite/", {"email": "a@example.uz", "role": "20"}, follow=True)
    assert "could not be sent" in response.text
    assert brand.invitations.count() == 1


@pytest.mark.parametrize("act", ["resend", "revoke"])
def test_only_leads_resend_and_revoke(as_user, marketer, invitation, act):
    assert as_user(marketer).post(f"/brands/atlas/settings/invitations/{invitation.pk}/{act}/").status_code == 403


def test_an_invitation_of_another_brand_is_not_found(as_user, lead):
    other = Brand.objects.create(name="Other", slug="other")
    row = other.invitations.create(email="a@example.uz", expires_at=timezone.now())
    assert as_user(lead).post(f"/brands/atlas/settings/invitations/{row.pk}/revoke/").status_code == 404


# --- accepting


def test_the_invited_person_joins_with_the_role(as_user, aziza, invitation, brand):
    client = as_user(aziza)
    assert "Join Atlas Libos" in client.get(link(invitation)).text
    assert not Membership.objects.filter(user=aziza).exists()
    assert client.post(link(invitation)).url == "/brands/atlas/"
    assert Membership.objects.get(user=aziza).role == Role.MARKETER


def test_a_new_person_signs_up_on_the_way_and_the_address_is_proved(client, invitation, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    page = client.get(link(invitation))
    assert "email=aziza%40example.uz" in page.text
    typed = {"email": "aziza@example.uz", "password1": "kuchli-parol-77", "name": "Aziza", "language": "uz"}
    response = client.post(f"/accounts/signup/?next={link(invitation)}", typed | {"next": link(invitation)})
    assert response.url == link(invitation)
    assert client.post(link(invitation)).url == "/brands/atlas/"


def test_a_known_person_is_led_to_sign_in(client, aziza, invitation):
    assert "Sign in to join" in client.get(link(invitation)).text


def test_somebody_else_gets_a_page_that_says_so_and_joins_nothing(as_user, stranger, invitation):
    client = as_user(stranger)
    for response in (client.get(link(invitation)), client.post(link(invitation))):
        assert response.status_code == 403
        assert "for somebody else" in response.text
    assert not Membership.objects.filter(user=stranger).exists()


def test_a_link_works_once(as_user, aziza, invitation, brand):
    client = as_user(aziza)
    client.post(link(invitation))
    brand.memberships.get(user=aziza).leave()
    assert client.post(link(invitation)).status_code == 410
    assert not Membership.objects.filter(user=aziza).exists()


def test_an_expired_link_is_closed(as_user, aziza, invitation):
    old = link(invitation)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert as_user(aziza).post(old).status_code == 410
    assert as_user(aziza).post(link(Invitation.objects.get())).status_code == 410


def test_a_link_that_was_sent_again_replaces_the_older_one(as_user, aziza, invitation, lead):
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    old = link(Invitation.objects.get())
    as_user(lead).post(f"/brands/atlas/settings/invitations/{invitation.pk}/resend/")
    assert as_user(aziza).post(old).status_code == 410
    assert as_user(aziza).post(link(Invitation.objects.get())).status_code == 302


def test_a_link_that_was_taken_back_is_closed(as_user, aziza, invitation, lead):
    as_user(lead).post(f"/brands/atlas/settings/invitations/{invitation.pk}/revoke/")
    assert as_user(aziza).post(link(invitation)).status_code == 410


def test_taken_back_between_look_and_press_joins_nothing(aziza, invitation):
    found = invitations.find(invitations.token(invitation))
    Invitation.objects.all().delete()
    with pytest.raises(invitations.InvitationRefused):
        invitations.accept(found, aziza)
    assert not Membership.objects.filter(user=aziza).exists()


@pytest.mark.parametrize("signed", ["x", "a:b:c", "%00", "x" * 3000])
def test_a_forged_link_is_closed(client, db, signed):
    assert client.get(f"/invitations/{signed}/").status_code == 410


def test_a_link_signed_for_another_purpose_is_closed(client, invitation):
    assert client.get(f"/invitations/{signing.Signer(salt='else').sign_object([invitation.pk, 0])}/").status_code == 410


def test_a_member_who_is_invited_does_not_lose_a_higher_role(aziza, invitation, brand):
    Membership.objects.create(brand=brand, user=aziza, role=Role.LEAD)
    assert invitations.accept(invitation, aziza).role == Role.LEAD


def test_a_member_who_is_invited_as_lead_becomes_one(aziza, brand, lead):
    Membership.objects.create(brand=brand, user=aziza, role=Role.VIEWER)
    row = invitations.invite(brand, aziza.email, Role.LEAD, lead)
    assert invitations.accept(row, aziza).role == Role.LEAD
