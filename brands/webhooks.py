"""What happens in a brand, told to other programs.

`emit` writes a message for each endpoint in the transaction of what it tells of, so that neither is there without the other.
A task sends it, and beat finds what no task sent. Signed as https://www.standardwebhooks.com describes.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands import audit
from brands.models import Brand, WebhookDelivery, WebhookEndpoint

EVENTS: Mapping[str, str | Promise] = {
    "post.approved": _("A post was approved"),
    "publication.due": _("A post is due"),
    "publication.published": _("A post was published"),
    "kpi.alert": _("A watched figure left its bounds"),
}
TEST = "test"
MOST_ENDPOINTS = 10
_SECRET = "whsec_"


def emit(brand: Brand, event: str, facts: Mapping[str, object]) -> None:
    """Call it in the transaction of what happened. `facts` are JSON: ids, words and moments."""
    emit_all(event, [(brand, facts)])


def emit_all(event: str, happened: Sequence[tuple[Brand, Mapping[str, object]]]) -> None:
    """The same for many at once, in as many queries for any number."""
    if event not in EVENTS:
        raise ValueError(f"no such event: {event}")
    endpoints = WebhookEndpoint.objects.filter(brand__in={brand.pk for brand, _facts in happened}, is_on=True)
    hearing = [endpoint for endpoint in endpoints if event in endpoint.events]
    _keep(
        _message(endpoint, event, {"brand": brand.slug, **facts})
        for brand, facts in happened
        for endpoint in hearing
        if endpoint.brand_id == brand.pk
    )


def _message(endpoint: WebhookEndpoint, event: str, facts: Mapping[str, object]) -> WebhookDelivery:
    now = timezone.now()
    body = json.dumps({"type": event, "timestamp": now, "data": facts}, cls=DjangoJSONEncoder)
    return WebhookDelivery(endpoint=endpoint, message=f"msg_{secrets.token_hex(16)}", event=event, body=body, next_at=now)


def _keep(messages: Iterable[WebhookDelivery]) -> None:
    """They wait to be sent; a worker has word of each once it is certain."""
    for row in WebhookDelivery.objects.bulk_create(messages):
        transaction.on_commit(partial(_hand_over, row.pk))


def send_test(endpoint: WebhookEndpoint) -> None:
    _keep([_message(endpoint, TEST, {"brand": endpoint.brand.slug})])


def send_again(row: WebhookDelivery) -> bool:
    """Once more under its old id; False where it waits to be sent anyway."""
    rows = WebhookDelivery.objects.filter(pk=row.pk).exclude(status=WebhookDelivery.Status.WAITING)
    if not rows.update(status=WebhookDelivery.Status.WAITING, attempts=0, next_at=timezone.now()):
        return False
    transaction.on_commit(partial(_hand_over, row.pk))
    return True


def _hand_over(pk: int) -> None:
    # The task imports what sends, and that imports this.
    from brands.tasks import send_webhook

    send_webhook.delay(pk)


# --- signing


def new_secret() -> str:
    return _SECRET + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, message: str, stamp: int, body: str) -> str:
    key = base64.b64decode(secret.removeprefix(_SECRET))
    digest = hmac.new(key, f"{message}.{stamp}.{body}".encode(), hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


# --- what leads do


def add(brand: Brand, endpoint: WebhookEndpoint) -> str:
    """The secret, which is shown once."""
    endpoint.brand, endpoint.secret = brand, new_secret()
    with transaction.atomic():
        endpoint.save()
        audit.record("webhook_made", brand=brand, on=endpoint, details={"events": endpoint.events})
    return endpoint.secret


def changed(endpoint: WebhookEndpoint) -> None:
    """Switched on again, it has another three days."""
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(failing_since=None)
    audit.record("webhook_changed", brand=endpoint.brand, on=endpoint, details={"events": endpoint.events, "on": endpoint.is_on})


def remove(endpoint: WebhookEndpoint) -> None:
    with transaction.atomic():
        audit.record("webhook_removed", brand=endpoint.brand, on=endpoint)
        endpoint.delete()
