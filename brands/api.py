"""Brands and their channels, for programs."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from brands.api_access import operation
from brands.api_answers import Id, Paging, page
from brands.models import Brand, Channel, Role, Scope
from brands.problems import Problem

router = Router(tags=["brands"])


class BrandOut(Schema):
    slug: str
    name: str
    about: str
    website: str
    business_type: str
    time_zone: str
    currency: str
    language: str
    country: str
    approval_mode: str
    your_role: str
    version: int


class BrandsOut(Schema):
    items: list[BrandOut]
    next: str | None


class PlatformOut(Schema):
    slug: str
    name: str


class ChannelOut(Schema):
    id: int
    platform: PlatformOut
    handle: str
    kind: str
    is_active: bool
    created_at: datetime
    version: int


class ChannelsOut(Schema):
    items: list[ChannelOut]
    next: str | None


@operation(router, "GET", "/brands", scope=Scope.READ, response=BrandsOut, summary="The brand that the token is of")
def list_brands(request: HttpRequest):
    return {"items": [_brand(request)], "next": None}


@operation(router, "GET", "/brands/{brand}", scope=Scope.READ, response=BrandOut, summary="A brand")
def get_brand(request: HttpRequest, brand: Brand):
    return _brand(request)


@operation(router, "GET", "/brands/{brand}/channels", scope=Scope.READ, response=ChannelsOut, summary="Channels")
def list_channels(request: HttpRequest, brand: Brand, asked: Paging):
    return page(request, asked, brand.channels.select_related("platform"), _channel)


@operation(router, "GET", "/brands/{brand}/channels/{channel}", scope=Scope.READ, response=ChannelOut, summary="A channel")
def get_channel(request: HttpRequest, brand: Brand, channel: Id):
    row = brand.channels.select_related("platform").filter(pk=channel).first()
    if row is None:
        raise Problem(404)
    return _channel(row)


def _brand(request: HttpRequest) -> BrandOut:
    brand = request.access.brand
    role = Role(request.access.membership.role).name.lower()
    return BrandOut(your_role=role, **{name: getattr(brand, name) for name in BrandOut.model_fields if name != "your_role"})


def _channel(row: Channel) -> ChannelOut:
    return ChannelOut.model_validate(row)
