"""From JSON to the form of a post: what a program says, as a person would have typed it. The form decides."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from django import forms
from django.http import QueryDict
from ninja import Schema
from pydantic import ConfigDict, Field

from brands import problems
from brands.api_answers import Moment, RowId
from brands.models import Brand, Membership
from brands.problems import Problem
from calendar_app.forms import PostForm
from calendar_app.forms.channel import ChannelPlanForm
from calendar_app.forms.fields import LONGEST_TEXT
from calendar_app.models import Post

Word = Annotated[str, Field(max_length=40)]
Line = Annotated[str, Field(max_length=500)]
Words = Annotated[str, Field(max_length=LONGEST_TEXT)]


class PlanIn(Schema):
    """One channel that the post goes out on. Without `at` it has no time yet; `text` only where it differs there."""

    model_config = ConfigDict(extra="forbid")

    channel: RowId
    at: Moment | None = None
    text: Words = ""


class PostIn(Schema):
    """What is left out stays as it is; a new post begins with what its form begins with. `channels` are all of them."""

    model_config = ConfigDict(extra="forbid")

    title: Line | None = None
    text: Words | None = None
    link: Line | None = None
    adds_utm: bool | None = None
    utm_campaign: Line | None = None
    utm_content: Line | None = None
    first_comment: Words | None = None
    format: Word | None = None
    strategy: RowId | None = None
    goal: RowId | None = None
    pillar: RowId | None = None
    campaign: RowId | None = None
    journey_stage: Word | None = None
    purpose: Word | None = None
    kind: Word | None = None
    is_paid: bool | None = None
    is_automated: bool | None = None
    owner: RowId | None = None
    hours: Annotated[Decimal, Field(ge=0, lt=10_000)] | None = None
    channels: Annotated[list[PlanIn], Field(max_length=100)] | None = None


class NewPostIn(PostIn):
    is_idea: bool = False


def form_of(said: PostIn, brand: Brand, membership: Membership, post: Post | None = None) -> PostForm:
    """The form, filled in: with what the program says, else with what stands there."""
    blank = PostForm(instance=post, brand=brand, membership=membership)
    given = said.model_dump(include=said.model_fields_set - {"channels", "is_idea"})
    typed = QueryDict(mutable=True)
    for name in (*PostForm._meta.fields, "version"):
        value = given.get(name, blank[name].value()) if name in given or name in blank.fields else None
        _type(typed, name, value)
    if said.channels is None:
        _type_plans(typed, ((plan, _standing(plan)) for plan in blank.plans))
    else:
        _type_plans(typed, _wanted(said.channels, blank.plans, brand))
    # Filled in with an instance of its own: the blank form has given the row what was its own.
    return PostForm(typed, instance=post, brand=brand, membership=membership)


def _type(typed: QueryDict, name: str, value: Any) -> None:
    if value is True:
        typed[name] = "on"
    elif value is not None and value is not False:
        typed[name] = f"{value:f}" if isinstance(value, Decimal) else str(value)


def _type_plans(typed: QueryDict, plans: Iterator[tuple[ChannelPlanForm, dict[str, Any]]]) -> None:
    for plan, values in plans:
        for name, value in values.items():
            _type(typed, plan.add_prefix(name), value)


def _standing(plan: ChannelPlanForm) -> dict[str, Any]:
    row = plan.publication
    return {} if row is None else _values(plan, row.at, row.text_override)


def _values(plan: ChannelPlanForm, at: datetime | None, text: str) -> dict[str, Any]:
    version = plan.publication.version if plan.publication else None
    # What stands there twice on the clock keeps its moment, as in the page's form.
    clock = _on_the_clock(at.astimezone(plan.brand.zone)) if at else {}
    return {"on": True, "text": text, "version": version, **clock}


def clock_of(at: datetime | None, brand: Brand, pointer: str = "/at") -> dict[str, str]:
    """The moment as day and time in the brand's zone, which is how plans are made."""
    if at is None:
        return {}
    try:
        local = at.astimezone(brand.zone)
    except OverflowError:
        raise Problem(422, "Not valid.", errors=[problems.error(pointer, "That day is too far away.")]) from None
    if local.fold:
        text = "The clocks are put back and show this time twice; a plan means the first time."
        raise Problem(422, "Not valid.", errors=[problems.error(pointer, text, "happens_twice")])
    return _on_the_clock(local)


def _on_the_clock(local: datetime) -> dict[str, str]:
    return {"day": local.date().isoformat(), "clock": f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"}


def _wanted(
    channels: list[PlanIn], plans: list[ChannelPlanForm], brand: Brand
) -> Iterator[tuple[ChannelPlanForm, dict[str, Any]]]:
    own = {plan.channel.pk: plan for plan in plans}
    seen: set[int] = set()
    for place, said in enumerate(channels):
        if said.channel not in own or said.channel in seen:
            text = "Named twice." if said.channel in seen else "Not an active channel of this brand."
            raise Problem(422, "Not valid.", errors=[problems.error(f"/channels/{place}/channel", text)])
        seen.add(said.channel)
        # Says at which place a time is wrong.
        clock_of(said.at, brand, f"/channels/{place}/at")
        yield own[said.channel], _values(own[said.channel], said.at, said.text)
    for pk, plan in own.items():
        if pk not in seen and plan.publication is not None:
            yield plan, {"version": plan.publication.version}


def refused(form: PostForm, said: PostIn) -> Problem:
    """What the form says against it, with the places in the body."""
    if form.has_conflict:
        return problems.changed_meanwhile()
    places = {plan.channel: place for place, plan in enumerate(said.channels or [])}
    errors = []
    for plan in form.plans:
        place = places.get(plan.channel.pk)
        for name, wrong in plan.errors.as_data().items():
            field = "at" if name in ("day", "clock") else name
            pointer = "/channels" if place is None else f"/channels/{place}/{field}"
            errors += _said(pointer, wrong)
    for name, wrong in form.errors.as_data().items():
        of_channels = [each for each in wrong if not (each.params and "channel" in each.params)]
        errors += _said("" if name == forms.forms.NON_FIELD_ERRORS else f"/{name}", of_channels)
    return Problem(422, "The post is not valid.", errors=errors)


def _said(pointer: str, wrong: list[forms.ValidationError]) -> list[dict[str, str]]:
    return [problems.error(pointer, text, str(each.code or "invalid")) for each in wrong for text in each.messages]
