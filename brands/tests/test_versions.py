import pytest

from brands.forms import BrandForm
from brands.models import Brand
from brands.versions import EditConflict

TYPED = {
    "name": "Atlas Moda",
    "about": "",
    "website": "",
    "business_type": "small",
    "currency": "UZS",
    "approval_mode": "optional",
    "language": "uz",
    "country": "UZ",
}


def form_for(brand: Brand, version: object = 1, **changes) -> BrandForm:
    return BrandForm(TYPED | changes | {"version": version}, instance=Brand.objects.get(pk=brand.pk))


def test_saving_raises_the_version(brand):
    assert form_for(brand).saved()
    brand.refresh_from_db()
    assert (brand.name, brand.version) == ("Atlas Moda", 2)


def test_who_saves_second_is_told_what_stands_there_now(brand):
    form_for(brand, name="Atlas Uy").saved()
    form = form_for(brand, version=1)
    assert not form.saved()
    assert "Somebody changed this" in form.non_field_errors()[0]
    assert "Name: “Atlas Uy”." in form.non_field_errors()[1]
    assert Brand.objects.get().name == "Atlas Uy"


def test_what_was_typed_stays_and_saving_again_overwrites(brand):
    form_for(brand, name="Atlas Uy").saved()
    form = form_for(brand, version=1)
    form.is_valid()
    assert form["name"].value() == "Atlas Moda"
    assert form_for(brand, version=form["version"].value()).saved()
    assert Brand.objects.get().name == "Atlas Moda"


@pytest.mark.parametrize("version", ["", "0", "-3", "abc", "99999999999999999999", "2"])
def test_a_version_that_is_not_the_stored_one_saves_nothing(brand, version):
    form = form_for(brand, version=version)
    assert not form.saved()
    assert Brand.objects.get().name == "Atlas Libos"


def test_a_row_that_was_deleted_meanwhile_is_reported(brand):
    form = form_for(brand)
    Brand.objects.all().delete()
    assert not form.saved()
    assert "deleted" in form.non_field_errors()[0]


def test_a_save_that_loses_the_race_after_validation_is_a_form_error(brand):
    form = form_for(brand)
    assert form.is_valid()
    form_for(brand, name="Atlas Uy").saved()
    assert not form.saved()
    assert form.non_field_errors()
    assert Brand.objects.get().name == "Atlas Uy"


def test_save_alone_raises_so_that_no_page_loses_it_in_silence(brand):
    form = form_for(brand)
    assert form.is_valid()
    form_for(brand, name="Atlas Uy").saved()
    with pytest.raises(EditConflict):
        form.save()


def test_a_conflict_that_a_page_does_not_catch_is_a_409(brand, lead, as_user, monkeypatch):
    def refuse(self):
        raise EditConflict

    monkeypatch.setattr("brands.forms.BrandForm.saved", refuse)
    response = as_user(lead).post("/brands/atlas/settings/", TYPED)
    assert response.status_code == 409
