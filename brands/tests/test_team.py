import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from brands.models import Brand, Membership, Role

TEAM = "/brands/atlas/settings/team/"


def membership(user, brand) -> Membership:
    return Membership.objects.get(user=user, brand=brand)


def edit(client, row, **changes):
    typed = {"role": row.role, "hours_per_week": "10", "skills": ["video", "copy"], "version": row.version}
    return client.post(f"{TEAM}{row.pk}/", typed | changes)


def test_a_lead_gives_a_role_hours_and_skills(as_user, lead, marketer, brand):
    edit(as_user(lead), membership(marketer, brand), role=30, hours_per_week="12.5")
    row = membership(marketer, brand)
    assert (row.role, row.hours_per_week, row.skills, row.version) == (Role.LEAD, 12.5, ["video", "copy"], 2)


def test_a_member_keeps_own_hours_and_skills_but_not_the_role(as_user, marketer, brand):
    assert edit(as_user(marketer), membership(marketer, brand), role=30).status_code == 302
    row = membership(marketer, brand)
    assert (row.role, row.skills) == (Role.MARKETER, ["video", "copy"])


def test_a_member_does_not_edit_another(as_user, marketer, viewer, brand):
    client = as_user(marketer)
    assert client.get(f"{TEAM}{membership(viewer, brand).pk}/").status_code == 403
    assert edit(client, membership(viewer, brand)).status_code == 403


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", "99"),
        ("role", "x"),
        ("hours_per_week", "169"),
        ("hours_per_week", "-1"),
        ("hours_per_week", "NaN"),
        ("skills", ["magic"]),
    ],
)
def test_garbage_is_refused_at_its_field(as_user, lead, marketer, brand, field, value):
    response = edit(as_user(lead), membership(marketer, brand), **{field: value})
    assert field in response.context["form"].errors


def test_the_last_lead_cannot_step_down(as_user, lead, brand):
    response = edit(as_user(lead), membership(lead, brand), role=20)
    assert "at least one lead" in response.context["form"].errors["role"][0]
    assert membership(lead, brand).role == Role.LEAD


def test_the_last_lead_cannot_leave_nor_be_removed(as_user, lead, marketer, brand):
    client = as_user(lead)
    assert "at least one lead" in client.post(TEAM + "leave/", follow=True).text
    assert "at least one lead" in client.post(f"{TEAM}{membership(lead, brand).pk}/remove/", follow=True).text
    assert membership(lead, brand)


def test_a_lead_leaves_when_another_stays(as_user, lead, marketer, brand):
    membership(marketer, brand).change_role(Role.LEAD)
    assert as_user(lead).post(TEAM + "leave/").url == "/"
    assert not Membership.objects.filter(user=lead).exists()


def test_a_viewer_leaves_and_the_brand_is_gone_for_them(as_user, lead, viewer):
    client = as_user(viewer)
    client.post(TEAM + "leave/")
    assert client.get(TEAM).status_code == 404


def test_a_lead_removes_a_member(as_user, lead, marketer, brand):
    as_user(lead).post(f"{TEAM}{membership(marketer, brand).pk}/remove/")
    assert not Membership.objects.filter(user=marketer).exists()


def test_a_member_of_another_brand_is_not_found(as_user, lead, stranger):
    other = Brand.objects.create(name="Other", slug="other")
    row = Membership.objects.create(brand=other, user=stranger, role=Role.LEAD)
    assert as_user(lead).post(f"{TEAM}{row.pk}/remove/").status_code == 404
    assert Membership.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("act", ["invite/", "leave/"])
def test_acts_are_not_done_by_looking(as_user, lead, act):
    assert as_user(lead).get(TEAM + act).status_code == 405


def test_a_viewer_sees_names_and_no_addresses(as_user, lead, viewer):
    page = as_user(viewer).get(TEAM).text
    assert "Dilnoza" in page
    assert "dilnoza@example.uz" not in page
    assert "Send invitation" not in page


def test_the_team_page_adds_hours_and_names_missing_skills(as_user, lead, marketer, brand):
    brand.memberships.filter(user=lead).update(hours_per_week=20, skills=["video", "design", "copy", "community"])
    brand.memberships.filter(user=marketer).update(hours_per_week="7.5")
    response = as_user(lead).get(TEAM)
    assert "27.5 hours a week together" in response.text
    assert [str(name) for name in response.context["missing_skills"]] == ["Advertising"]


def test_a_skill_that_is_no_longer_known_does_not_break_the_page(as_user, lead, brand):
    brand.memberships.update(skills=["juggling"])
    assert as_user(lead).get(TEAM).status_code == 200


def test_one_member_and_three_take_the_same_queries(
    as_user, lead, brand, person, django_assert_num_queries, django_assert_max_num_queries
):
    client = as_user(lead)
    client.get(TEAM)
    with django_assert_max_num_queries(9) as one:
        client.get(TEAM)
    for name in ("aziza", "bobur"):
        Membership.objects.create(brand=brand, user=person(name), role=Role.VIEWER)
    with django_assert_num_queries(len(one)):
        client.get(TEAM)


@pytest.mark.django_db(transaction=True)
def test_of_two_leads_who_leave_at_the_same_moment_one_stays(lead, person, brand):
    other = Membership.objects.create(brand=brand, user=person("jasur"), role=Role.LEAD)
    rows = [membership(lead, brand), other]
    start, refused = threading.Barrier(2), []

    def leave(row: Membership) -> None:
        start.wait()
        try:
            row.leave()
        except ValidationError:
            refused.append(row)
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[row]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Membership.objects.filter(brand=brand, role=Role.LEAD).count() == 1
