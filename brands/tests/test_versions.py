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
    question = form.conflict.questions[0]
    assert (question.label, question.mine, question.theirs) == ("Name", [(False, "Atlas Moda")], [(False, "Atlas Uy")])
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


def opened(brand: Brand) -> dict[str, str]:
    """The hidden fields of the page as somebody opened it."""
    html = str(BrandForm(instance=Brand.objects.get(pk=brand.pk))["version"])
    return {"seen": html.split('name="seen" value="')[1].split('"')[0]}


def chosen(form: BrandForm) -> dict[str, tuple[str, str]]:
    return {question.name: (question.chosen, question.changed_by) for question in form.conflict.questions}


def test_what_one_of_two_changed_is_chosen_beforehand(brand):
    seen = opened(brand)
    form_for(brand, name="Atlas Libos", about="Clothes").saved()
    form = form_for(brand, **seen)
    assert not form.saved()
    assert chosen(form)["merge-about"] == ("theirs", "theirs")
    assert chosen(form)["merge-name"] == ("mine", "mine")


def test_what_both_changed_is_said(brand):
    seen = opened(brand)
    form_for(brand, name="Atlas Uy").saved()
    form = form_for(brand, **seen)
    assert not form.saved() and chosen(form)["merge-name"] == ("mine", "both")


def test_the_merged_version_is_what_was_chosen(brand):
    form_for(brand, name="Atlas Uy", about="Clothes").saved()
    merged = form_for(brand, version=2, about="Mine", **{"merge-name": "theirs", "merge-about": "mine"})
    assert merged.saved()
    stored = Brand.objects.get()
    assert (stored.name, stored.about, stored.version) == ("Atlas Uy", "Mine", 3)


def test_a_third_save_in_between_is_a_conflict_again_and_the_choice_stays(brand):
    form_for(brand, name="Atlas Uy").saved()
    form_for(brand, version=2, name="Atlas Bozor").saved()
    form = form_for(brand, version=2, **{"merge-name": "theirs"})
    assert not form.saved() and Brand.objects.get().name == "Atlas Bozor"
    question = form.conflict.questions[0]
    assert (question.chosen, question.mine, question.theirs) == ("theirs", [(False, "Atlas Moda")], [(False, "Atlas Bozor")])


def test_long_texts_show_where_they_differ(brand):
    long = "Clothes of silk and cotton, sewn in Tashkent since the year 1998, sold in two shops"
    form_for(brand, about=long).saved()
    form = form_for(brand, about=long.replace("silk", "<b>wool</b>"))
    form.saved()
    question = next(question for question in form.conflict.questions if question.name == "merge-about")
    assert [words for is_only_here, words in question.mine if is_only_here] == ["<b>wool</b>"]
    assert [words for is_only_here, words in question.theirs if is_only_here] == ["silk"]


@pytest.mark.parametrize("seen", ["", "name", "name.zz", "name.00000000 about." + "f" * 99, "\x00", "<script>"])
def test_a_page_that_lies_about_what_it_saw_only_changes_what_is_chosen_beforehand(brand, seen):
    form_for(brand, name="Atlas Uy").saved()
    form = form_for(brand, seen=seen)
    assert not form.saved() and form.conflict.questions
    assert "<script>" not in str(form["version"])
