import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from brands.models import AuditEntry, User

HOME = "/brands/atlas/settings/"


def give_factor(user: User) -> None:
    TOTP.activate(user, generate_totp_secret())


@pytest.fixture
def strict(brand):
    brand.requires_two_factors = True
    brand.save()
    return brand


def settings_of(brand, **changes) -> dict[str, object]:
    fields = ["name", "about", "website", "business_type", "currency", "language", "country", "approval_mode", "version"]
    return {name: getattr(brand, name) for name in fields} | changes


def test_a_member_without_a_second_factor_is_told_why_and_led_back(as_user, strict, marketer):
    client = as_user(marketer)
    asked = client.get(HOME + "channels/?x=1")
    assert asked.url == "/profile/two-factors/?next=%2Fbrands%2Fatlas%2Fsettings%2Fchannels%2F%3Fx%3D1"
    assert "only for people who sign in with two factors" in client.get(asked.url).text
    give_factor(marketer)
    assert "Go on" in client.get("/accounts/2fa/").text
    assert client.get("/profile/two-factors/").url == HOME + "channels/?x=1"
    assert client.get(HOME + "channels/?x=1").status_code == 200
    assert "Go on" not in client.get("/accounts/2fa/").text


def test_recovery_codes_alone_are_no_second_factor(as_user, strict, marketer):
    Authenticator.objects.create(user=marketer, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert as_user(marketer).get(HOME).status_code == 302


def test_a_form_leads_back_to_the_page_that_it_stood_on(as_user, strict, lead):
    page = "http://testserver/brands/atlas/settings/team/"
    answer = as_user(lead).post(HOME + "team/invite/", {"email": "x@example.uz"}, headers={"referer": page})
    assert answer.url == "/profile/two-factors/?next=%2Fbrands%2Fatlas%2Fsettings%2Fteam%2F"
    assert not strict.invitations.exists()


@pytest.mark.parametrize("header", ["HX-Request", "X-Autosave"])
def test_a_script_is_answered_in_words_and_its_page_stays(as_user, strict, marketer, header):
    answer = as_user(marketer).post(HOME, headers={header: "true"})
    assert answer.status_code == 403
    assert answer["X-Needs"] == "second-factor"
    assert "second factor" in answer.text


def test_strangers_and_lower_roles_are_refused_as_before(as_user, strict, stranger, viewer):
    assert as_user(stranger).get(HOME).status_code == 404
    assert as_user(viewer).get(HOME + "channels/new/").status_code == 403


def test_other_brands_go_on_as_they_were(as_user, brand, marketer):
    assert as_user(marketer).get(HOME).status_code == 200


def test_a_page_leads_nowhere_else(as_user, marketer):
    client = as_user(marketer)
    client.get("/profile/two-factors/?next=https://evil.example/")
    client.get("/profile/two-factors/?next=//evil.example/")
    give_factor(marketer)
    assert client.get("/profile/two-factors/").url == "/accounts/2fa/"


def test_a_lead_asks_it_of_the_team_only_with_a_second_factor_of_their_own(as_user, brand, lead):
    client = as_user(lead)
    answer = client.post(HOME, settings_of(brand, requires_two_factors="on"))
    assert "Set up a second factor for yourself first" in answer.text
    brand.refresh_from_db()
    assert not brand.requires_two_factors
    give_factor(lead)
    assert client.post(HOME, settings_of(brand, requires_two_factors="on")).status_code == 302
    brand.refresh_from_db()
    assert brand.requires_two_factors


def test_a_lead_takes_it_back(as_user, strict, lead):
    give_factor(lead)
    assert as_user(lead).post(HOME, settings_of(strict)).status_code == 302
    strict.refresh_from_db()
    assert not strict.requires_two_factors


def log_of(client, **asked: str) -> str:
    return client.get(f"{HOME}audit-log/", asked).text


def test_the_switch_stands_in_the_log_that_leads_read(as_user, brand, lead):
    give_factor(lead)
    client = as_user(lead)
    client.post(HOME, settings_of(brand, requires_two_factors="on", about="Clothes"))
    brand.refresh_from_db()
    client.post(HOME, settings_of(brand))
    acts = [*AuditEntry.objects.filter(brand=brand).order_by("pk").values_list("act", "person", "object_id", "details")]
    assert acts == [
        ("settings_changed", lead.pk, brand.pk, {"fields": ["about"], "values": {}}),
        ("two_factors_required", lead.pk, brand.pk, {}),
        ("two_factors_optional", lead.pk, brand.pk, {}),
    ]
    shown = log_of(client, act="settings")
    assert "made two factors a condition for the team" in shown
    assert "left two factors to each person again" in shown
    assert "two factors a condition" not in log_of(client, act="money")


def test_saving_other_settings_says_nothing_of_the_switch(as_user, strict, lead):
    give_factor(lead)
    as_user(lead).post(HOME, settings_of(strict, requires_two_factors="on", about="Clothes"))
    assert [*AuditEntry.objects.values_list("act", flat=True)] == ["settings_changed"]
