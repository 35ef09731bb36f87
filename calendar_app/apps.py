from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarConfig(AppConfig):
    name = "calendar_app"
    verbose_name = _("Calendar")

    def ready(self) -> None:
        # Models are not there yet when this module is imported.
        from calendar_app.coverage import gate
        from strategies.steps import register_gate

        register_gate("calendar_covers_four_weeks", gate)
