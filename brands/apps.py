from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrandsConfig(AppConfig):
    name = "brands"
    verbose_name = _("Brands")

    def ready(self) -> None:
        # The library's signals are models' neighbours: they cannot be asked for before there are models.
        from brands import limits, sign_ins

        sign_ins.listen()
        limits.count_for_allauth()
