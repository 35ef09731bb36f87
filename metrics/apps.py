from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MetricsConfig(AppConfig):
    name = "metrics"
    verbose_name = _("Metrics")

    def ready(self) -> None:
        # Models are not there yet when this module is imported.
        from brands import changes
        from metrics.known_figures import latest, of_targets
        from metrics.recompute import look_again
        from metrics.review import figures_per_channel, findings_written
        from strategies import known_figures
        from strategies.steps import register_gate

        register_gate("figures_per_channel", figures_per_channel)
        register_gate("findings_written", findings_written)
        changes.register(look_again)
        known_figures.register(of_targets, latest)
