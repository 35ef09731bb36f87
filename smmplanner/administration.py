from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's administration on a site of ours, which writes into the audit log."""

    default_site = "brands.administration.AuditedSite"
