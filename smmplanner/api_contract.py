"""What the contract says beyond what the operations declare: headers, kinds of content, problems."""

from typing import Any

from brands.problems import CONTENT_TYPE, TITLES

IF_MATCH = {
    "in": "header", "name": "If-Match", "required": True, "schema": {"type": "string", "minLength": 1},
    "description": "The ETag of the row as you read it; “*” for whatever stands there.",
}  # fmt: skip
IDEMPOTENCY_KEY = {
    "in": "header", "name": "Idempotency-Key", "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "description": "Sent again with the same key within 24 hours, the request is done once.",
}  # fmt: skip
ETAG = {"description": "Names this state of the row.", "schema": {"type": "string"}}


def completed(schema: dict[str, Any]) -> dict[str, Any]:
    for operations in schema["paths"].values():
        for method, operation in operations.items():
            _complete(method, operation)
    return schema


def _complete(method: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    if "428" in responses:
        operation["parameters"].append(IF_MATCH)
    if method == "post":
        operation["parameters"].append(IDEMPOTENCY_KEY)
    for status, response in responses.items():
        if int(status) >= 400:
            response["description"] = TITLES[int(status)]
            response["content"] = {CONTENT_TYPE: response["content"]["application/json"]}
        elif method == "get":
            response["headers"] = {"ETag": ETAG}
    if method == "get":
        responses["304"] = {"description": "Not changed since the ETag of “If-None-Match”."}
