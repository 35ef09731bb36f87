import pytest
from django.urls import reverse
from django.utils import translation

from brands.countries import country_choices
from brands.models import Brand, Membership, Role
from brands.slugs import free_slug, slug_from

NEW = {
    "name": "Choyxona Rayhon",
    "business_type": "small",
    "country": "UZ",
    "time_zone": "Asia/Tashkent",
    "currency": "UZS",
    "language": "uz",
}


def create(client, **changes):
    return client.post("/brands/new/", NEW | changes)


# --- start


def test_an_anonymous_visitor_sees_what_the_product_does(client, db):
    response = client.get("/")
    assert response.status_code == 200
    assert reverse("account_signup") in response.text


def test_somebody_without_a_brand_is_led_to_create_one(as_user, stranger):
    assert as_user(stranger).get("/").url == "/brands/new/"


def test_the_only_brand_opens_by_itself(as_user, lead):
    assert as_user(lead).get("/").url == "/brands/atlas/"


def test_several_brands_are_listed_and_only_ones_own(as_user, lead):
    mine = Brand.objects.create(name="Choyxona", slug="choyxona")
    Brand.objects.create(name="Begona", slug="begona")
    Membership.objects.create(brand=mine, user=lead, role=Role.VIEWER)
    client = as_user(lead)
    assert client.get("/").url == "/brands/"
    page = client.get("/brands/").text
    assert "Choyxona" in page
    assert "Begona" not in page


@pytest.mark.parametrize("path", ["/brands/", "/brands/new/", "/profile/"])
def test_pages_of_a_person_ask_to_sign_in(client, db, path):
    assert client.get(path).url == f"/accounts/login/?next={path}"


# --- new brand


def test_who_creates_a_brand_leads_it(as_user, stranger):
    response = create(as_user(stranger))
    brand = Brand.objects.get()
    assert response.url == f"/brands/{brand.slug}/first-steps/"
    assert brand.slug == "choyxona-rayhon"
    assert brand.memberships.get().role == Role.LEAD


def test_each_business_type_says_what_it_is_for(as_user, stranger):
    page = as_user(stranger).get("/brands/new/").text
    for words in ("Long term", "Short term", "Qualified leads", "Website traffic"):
        assert words in page


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Atlas Libos", "atlas-libos"),
        ("Gʻishtkoʻprik oʻquv markazi", "gishtkoprik-oquv-markazi"),
        ("G'isht", "gisht"),
        ("Лукбук қўғирчоқ", "lukbuk-qogirchoq"),
        ("   ", ""),
        ("☕", ""),
        ("x" * 200, "x" * 60),
    ],
)
def test_short_names_come_from_names_in_any_script(name, slug):
    assert slug_from(name) == slug


def test_a_short_name_made_from_the_name_steps_aside(brand):
    assert free_slug("Atlas") == "atlas-2"
    assert free_slug("New") == "new-2"
    assert free_slug("☕") == "brand"


@pytest.mark.parametrize("slug", ["atlas", "ATLAS", "new"])
def test_a_short_name_that_is_taken_is_refused_at_its_field(as_user, stranger, brand, slug):
    response = create(as_user(stranger), slug=slug)
    assert response.status_code == 200
    assert "is taken" in response.context["form"].errors["slug"][0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "nima gap"),
        ("slug", "../admin"),
        ("slug", "x" * 61),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../etc/passwd"),
        ("currency", "BTC"),
        ("language", "xx"),
        ("business_type", "spaceship"),
        ("name", ""),
        ("name", "x" * 121),
        ("name", "a\x00b"),
        ("website", "javascript:alert(1)"),
    ],
)
def test_garbage_is_refused_at_its_field(as_user, stranger, field, value):
    response = create(as_user(stranger), **{field: value})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not Brand.objects.exists()


def test_a_short_name_taken_between_look_and_save_is_a_form_error(as_user, stranger, brand, monkeypatch):
    monkeypatch.setattr("brands.forms.brand.is_taken", lambda slug: False)
    monkeypatch.setattr("brands.models.Brand.validate_unique", lambda *args, **kwargs: None)
    response = create(as_user(stranger), slug="atlas")
    assert "a moment ago" in response.context["form"].errors["slug"][0]
    assert Brand.objects.count() == 1


def test_a_website_without_a_scheme_is_https(as_user, stranger):
    create(as_user(stranger), website="rayhon.uz")
    assert Brand.objects.get().website == "https://rayhon.uz"


def test_first_steps_offer_the_networks_of_the_business_type_first(as_user, lead, brand):
    brand.business_type = "b2b"
    brand.save()
    response = as_user(lead).get("/brands/atlas/first-steps/")
    assert [platform.slug for platform, _use, _handle in response.context["advised"]] == ["linkedin", "youtube", "telegram"]
    assert len(response.context["form"].rows) == 9


# --- settings


def test_a_lead_changes_the_brand(as_user, lead, brand):
    typed = {
        "name": "Atlas",
        "business_type": "b2b",
        "currency": "USD",
        "language": "en",
        "country": "UZ",
        "approval_mode": "optional",
        "version": 1,
    }
    assert as_user(lead).post("/brands/atlas/settings/", typed).status_code == 302
    brand.refresh_from_db()
    assert (brand.name, brand.business_type, brand.currency) == ("Atlas", "b2b", "USD")


def test_the_zone_does_not_change_with_the_settings(as_user, lead, brand):
    typed = {
        "name": "Atlas",
        "business_type": "b2b",
        "currency": "USD",
        "language": "en",
        "country": "UZ",
        "version": 1,
        "time_zone": "UTC",
    }
    as_user(lead).post("/brands/atlas/settings/", typed)
    brand.refresh_from_db()
    assert brand.time_zone == "Asia/Tashkent"


def test_others_read_the_settings_and_change_nothing(as_user, marketer, brand):
    client = as_user(marketer)
    page = client.get("/brands/atlas/settings/")
    assert page.status_code == 200
    assert page.context["form"] is None
    assert client.post("/brands/atlas/settings/", {"name": "Mine"}).status_code == 403
    brand.refresh_from_db()
    assert brand.name == "Atlas Libos"


def test_the_list_of_brands_takes_the_same_queries_for_one_and_three(
    as_user, lead, add_channel, django_assert_num_queries, django_assert_max_num_queries
):
    add_channel()
    client = as_user(lead)
    client.get("/brands/")
    with django_assert_max_num_queries(8) as one:
        client.get("/brands/")
    for number in range(2):
        other = Brand.objects.create(name=f"B{number}", slug=f"b{number}")
        Membership.objects.create(brand=other, user=lead, role=Role.LEAD)
        other.channels.create(platform=Brand.objects.get(slug="atlas").channels.get().platform, handle="x")
    with django_assert_num_queries(len(one)):
        client.get("/brands/")


@pytest.mark.parametrize(("language", "name"), [("en", "France"), ("uz", "Fransiya"), ("ru", "Франция")])
def test_countries_are_named_in_the_readers_language(language, name):
    with translation.override(language):
        choices = dict(country_choices())
    assert choices["FR"] == name
    assert next(iter(choices)) == "UZ"
    assert len(choices) > 100
    assert not [said for said in choices.values() if len(str(said)) < 3 or "‘" in str(said)]
