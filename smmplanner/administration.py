from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's administration on a site of ours, which writes into the audit log."""

    default_site = "brands.administration.AuditedSite"

    def ready(self) -> None:
        super().ready()
        # Columns are of models, which are there by now.
        from smmplanner.column_names import name_columns

        name_columns()
