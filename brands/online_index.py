"""Indexes for large tables, made while people go on writing. A migration that uses this one says `atomic = False`."""

from typing import Any

from django.db.migrations import AddIndex


class AddIndexOnline(AddIndex):
    """AddIndex that does not lock the table on PostgreSQL; elsewhere it is AddIndex.

    One that was interrupted leaves an index that is not valid; it is dropped, and made anew when `migrate` runs again.
    """

    atomic = False

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        if schema_editor.connection.in_atomic_block:
            raise ValueError("AddIndexOnline needs a migration with atomic = False.")
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {schema_editor.quote_name(self.index.name)}")
        schema_editor.add_index(model, self.index, concurrently=True)
