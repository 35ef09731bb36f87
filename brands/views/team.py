from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.audit import record
from brands.forms import InvitationForm, MembershipForm
from brands.models import Brand, Membership, Role
from brands.models.teams import Skill
from brands.views.invitations import open_and_send

ROLES = [
    (Role.VIEWER, gettext_lazy("reads, comments, and approves where the brand asks its client")),
    (Role.MARKETER, gettext_lazy("plans, writes, imports figures")),
    (Role.LEAD, gettext_lazy("approves, and looks after money, team and settings")),
]


@brand_view(Role.VIEWER)
def team(request: HttpRequest, brand: Brand) -> HttpResponse:
    return _page(request, brand, InvitationForm(brand=brand))


@brand_view(Role.LEAD)
@require_POST
def invite(request: HttpRequest, brand: Brand) -> HttpResponse:
    form = InvitationForm(request.POST, brand=brand)
    if not form.is_valid():
        return _page(request, brand, form)
    open_and_send(request, brand, form.cleaned_data["email"], Role(form.cleaned_data["role"]))
    return redirect("brands:team", brand.slug)


@brand_view(Role.VIEWER)
def member(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Hours and skills, for oneself or by a lead; the role, by a lead."""
    row = get_object_or_404(brand.memberships.select_related("user"), pk=pk)
    may_lead = request.membership.may(Role.LEAD)
    if not may_lead and row.user_id != request.user.pk:
        raise PermissionDenied
    form = MembershipForm(request.POST or None, instance=row, may_lead=may_lead)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("brands:team", brand.slug)
    context = {"form": form, "row": row, "roles": ROLES, "section": "settings", "tab": "team"}
    return render(request, "brands/member.html", context)


@brand_view(Role.LEAD)
@require_POST
def remove(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = get_object_or_404(brand.memberships.select_related("user"), pk=pk)
    try:
        _end(brand, row, "left" if row.user_id == request.user.pk else "member_removed")
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("brands:member", brand.slug, pk)
    messages.success(request, _("%(person)s is no longer in the team.") % {"person": row.user})
    return redirect("brands:start") if row.user == request.user else redirect("brands:team", brand.slug)


@brand_view(Role.VIEWER)
@require_POST
def leave(request: HttpRequest, brand: Brand) -> HttpResponse:
    try:
        _end(brand, request.membership, "left")
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("brands:team", brand.slug)
    messages.success(request, _("You left %(brand)s.") % {"brand": brand})
    return redirect("brands:start")


@transaction.atomic
def _end(brand: Brand, row: Membership, act: str) -> None:
    record(act, brand=brand, on=row, details={"person": row.user_id, "role": row.role})
    row.leave()


def _page(request: HttpRequest, brand: Brand, form: InvitationForm) -> HttpResponse:
    members = list(brand.memberships.select_related("user").order_by("-role", "user__name", "pk"))
    names = dict(Skill.choices)
    for row in members:
        row.skill_names = [names[skill] for skill in row.skills if skill in names]
    context = {
        "form": form,
        "members": members,
        "hours": sum(row.hours_per_week for row in members),
        "missing_skills": [name for skill, name in Skill.choices if all(skill not in row.skills for row in members)],
        "invitations": brand.invitations.filter(accepted_at=None),
        "roles": ROLES,
        "section": "settings",
        "tab": "team",
    }
    return render(request, "brands/team.html", context)
