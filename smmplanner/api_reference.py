"""The reference of the API: a page made from the contract."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from brands import webhooks
from brands.problems import TITLES
from smmplanner.api import schema


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    is_required: bool
    text: str


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    path: str
    summary: str
    parameters: list[Field]
    body: str
    answer: str
    status: str
    problems: list[str]


@dataclass(frozen=True)
class Thing:
    """What a body or an answer is made of."""

    name: str
    text: str
    fields: list[Field]


def reference(request: HttpRequest) -> HttpResponse:
    groups, things = contents()
    context = {"groups": groups, "things": things, "titles": TITLES.items(), "events": webhooks.EVENTS.items()}
    return render(request, "smmplanner/api_reference.html", context)


@cache
def contents() -> tuple[dict[str, list[Operation]], list[Thing]]:
    told = schema()
    groups: dict[str, list[Operation]] = {}
    for path, operations in told["paths"].items():
        for method, said in operations.items():
            groups.setdefault(said["tags"][0], []).append(_operation(path, method, said))
    things = [_thing(name, said) for name, said in sorted(told["components"]["schemas"].items())]
    return groups, things


def _operation(path: str, method: str, said: dict[str, Any]) -> Operation:
    status, answer = next((code, each) for code, each in said["responses"].items() if code.startswith("2"))
    body = said.get("requestBody", {"content": {}})["content"]
    return Operation(
        said["operationId"], method.upper(), path, said["summary"], [_parameter(each) for each in said["parameters"]],
        _named(body), _named(answer["content"]), status, sorted(code for code in said["responses"] if code >= "300"),
    )  # fmt: skip


def _parameter(said: dict[str, Any]) -> Field:
    return Field(said["name"], _kind(said["schema"]), said["required"], said.get("description", ""))


def _named(content: dict[str, Any]) -> str:
    return _kind(content["application/json"]["schema"]) if content else ""


def _thing(name: str, said: dict[str, Any]) -> Thing:
    required = said.get("required", [])
    fields = [
        Field(each, _kind(kind), each in required, kind.get("description", ""))
        for each, kind in said.get("properties", {}).items()
    ]
    text = said.get("description", "") or ", ".join(map(str, said.get("enum", [])))
    return Thing(name, text, fields)


def _kind(said: dict[str, Any]) -> str:
    """The kind of a value in a word or two."""
    if "$ref" in said:
        return said["$ref"].rpartition("/")[2]
    if several := said.get("anyOf") or said.get("allOf"):
        return " or ".join(dict.fromkeys(_kind(each) for each in several))
    kind = said.get("type", "anything")
    if kind == "array":
        return f"list of {_kind(said.get('items', {}))}"
    return said.get("format", kind)
