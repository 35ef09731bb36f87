import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

LIST = "/admin/brands/brand/"


@pytest.fixture
def staff(person):
    return person("admin", is_staff=True, is_superuser=True)


@pytest.fixture
def strict(settings):
    settings.ADMIN_REQUIRES_TWO_FACTORS = True


def test_staff_without_a_second_factor_are_sent_to_set_one_up_and_come_back(as_user, staff, strict):
    client = as_user(staff)
    answer = client.get(LIST, follow=True)
    assert answer.redirect_chain[-1][0] == "/profile/two-factors/?next=%2Fadmin%2Fbrands%2Fbrand%2F"
    TOTP.activate(staff, generate_totp_secret())
    assert client.get("/profile/two-factors/").url == LIST
    assert client.get(LIST).status_code == 200


def test_where_it_is_not_asked_for_the_password_is_enough(as_user, staff):
    assert as_user(staff).get(LIST).status_code == 200


def test_people_who_are_no_staff_are_refused_with_and_without_a_factor(as_user, person, strict):
    rustam = person("rustam")
    assert as_user(rustam).get(LIST, follow=True).redirect_chain[-1][0].startswith("/profile/two-factors/") is False
    TOTP.activate(rustam, generate_totp_secret())
    assert as_user(rustam).get(LIST, follow=True).status_code == 403


def test_the_anonymous_sign_in_by_the_door_of_all(client, db, strict):
    assert client.get(LIST, follow=True).redirect_chain[-1][0].startswith("/accounts/login/")
    assert client.post("/admin/login/", {"username": "a", "password": "b"}).url.startswith("/accounts/login/")
