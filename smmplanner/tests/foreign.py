"""Another brand, every text of which carries a word that nobody else may read; and whether its rows are as they were."""

import hashlib
from collections.abc import Callable, Collection, Iterator

from django.apps import apps
from django.db import connection, models
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from brands.models import AuditEntry, Brand, User

OURS = ("brands", "strategies", "calendar_app", "metrics")
MARKER = "zarafshon-secret"
# Names of ours in columns without choices, and what only programs read.
NOT_WRITTEN = {
    "acknowledged", "act", "address", "and", "basis", "became", "beginning", "body", "category", "cause",
    "changed_step", "check_name", "claim", "code", "competitor", "content", "content_type", "country", "currency",
    "detail", "digest", "error", "etag", "event", "exact", "failure", "field", "format", "gate", "guid", "importer",
    "key", "kind", "kpi", "language", "last_modified", "link", "measure", "medium", "message", "metric", "page",
    "part", "permalink", "platform_post_id", "preset", "problem", "query", "question", "request_id", "rival", "rule",
    "secret", "sender", "sha256", "slug", "status", "step", "subject", "time_zone", "url", "value", "verb", "view",
    "was",
}  # fmt: skip


def path_to_brand(model: type[models.Model]) -> str:
    """How a query finds the brand of a row; empty where rows belong to none."""
    names = {field.name: field for field in model._meta.concrete_fields if field.is_relation}
    if model is Brand:
        return "pk"
    if "brand" in names:
        return "brand"
    for name in (
        "plan",
        "strategy",
        "goal",
        "post",
        "report",
        "issued",
        "import_file",
        "publication",
        "channel",
        "file",
        "token",
        "endpoint",
        "survey",
        "line",
        "strategy_channel",
    ):
        if name in names:
            return f"{name}__{path_to_brand(names[name].related_model)}"
    return ""


def models_of_brands() -> Iterator[tuple[type[models.Model], str]]:
    for model in [model for label in OURS for model in apps.get_app_config(label).get_models(include_auto_created=True)]:
        if path := path_to_brand(model):
            yield model, path


def written(model: type[models.Model]) -> list[models.Field]:
    """The columns that hold what people wrote."""
    texts = [field for field in model._meta.concrete_fields if type(field) in (models.CharField, models.TextField)]
    return [
        each for each in texts if not (each.choices or each.unique or each.name in NOT_WRITTEN) and (each.max_length or 99) >= 60
    ]


def write_into(brand: Brand, word: str) -> int:
    """Every text of the brand ends with the word; how many rows hold one now."""
    rows = 0
    for model, path in models_of_brands():
        keep = {each.name: (each.max_length or 9999) - len(word) for each in written(model)}
        said = {name: Concat(Substr(name, 1, most), Value(word)) for name, most in keep.items()}
        # The audit log is never changed.
        if said and model is not AuditEntry:
            pks = model._base_manager.filter(**{path: brand.pk}).values_list("pk", flat=True)
            rows += model._base_manager.filter(pk__in=list(pks)).update(**said)
    for user in User.objects.filter(memberships__brand=brand):
        User.objects.filter(pk=user.pk).update(name=f"{user.name} {word}"[:150])
    return rows


def state_of(brand: Brand, tables: Collection[str] = ()) -> dict[str, str]:
    """A sum over the rows of the brand in each table: of some, or of all."""
    found = {}
    for model, path in models_of_brands():
        table = model._meta.db_table
        if not tables or table in tables:
            rows = model._base_manager.filter(**{path: brand.pk}).order_by("pk").values_list(*columns(model))
            digest, count = hashlib.sha256(), 0
            for row in rows:
                digest.update(repr(row).encode())
                count += 1
            found[table] = f"{count} {digest.hexdigest()}"
    return found


def columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


class Untouched:
    """Asked after each request: are the other brand's rows in the tables that were written to as they were?"""

    def __init__(self, brand: Brand) -> None:
        self.brand, self.before, self.tables = brand, state_of(brand), set[str]()

    def noting(self, run: Callable, sql: str, parameters: object, many: bool, context: object) -> object:
        """For `connection.execute_wrapper`."""
        if sql.startswith(("INSERT", "UPDATE", "DELETE", "COPY")):
            self.tables |= {table for table in self.before if f'"{table}"' in sql[:200]}
        return run(sql, parameters, many, context)

    def changes(self) -> list[str]:
        """The tables in which they are not; what was noted is forgotten."""
        noted, self.tables = self.tables, set()
        now = state_of(self.brand, noted) if noted else {}
        return [table for table, rows in now.items() if rows != self.before[table]]

    def listening(self):
        return connection.execute_wrapper(self.noting)
