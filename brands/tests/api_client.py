"""A program with a token: `program(lead).get("posts")`."""

import json
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from brands import api_tokens
from brands.models import Brand, Scope, User


def token_of(user: User, brand: Brand, scopes=tuple(Scope), name: str = "Tests") -> str:
    membership = user.memberships.select_related("brand", "user").get(brand=brand)
    return api_tokens.make(membership, name, scopes, timezone.now() + timedelta(days=1))[1]


class Program:
    """What it answers is JSON, or a problem; both are looked at on the way."""

    def __init__(self, user: User, brand: Brand, scopes=tuple(Scope)) -> None:
        self.secret, self.brand, self.client = token_of(user, brand, scopes), brand, Client(raise_request_exception=False)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        address = path if path.startswith("/") else f"/api/v1/brands/{self.brand.slug}/{path}".rstrip("/")
        headers = {"Authorization": f"Bearer {self.secret}"} | {name.replace("_", "-"): value for name, value in headers.items()}
        content = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        answer = self.client.generic(method, address, headers=headers, **content)
        assert not answer.cookies
        if answer.status_code >= 400 and method != "HEAD":
            assert answer["Content-Type"] == "application/problem+json", answer.content
            assert answer.json()["status"] == answer.status_code
        return answer

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.ask("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.ask("PATCH", path, body, **headers)

    def tag(self, path: str) -> str:
        return self.get(path)["ETag"]


def pointers(answer: HttpResponse) -> list[str]:
    return [error["pointer"] for error in answer.json()["errors"]]
