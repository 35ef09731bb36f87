from django.urls import path

from metrics.views import dashboard, figures, findings, home, imports, kpi, ledger, undo, windows

app_name = "metrics"
urlpatterns = [
    path("", home.home, name="home"),
    path("library/", kpi.library, name="library"),
    path("library/kpi/<slug:name>/", kpi.kpi, name="kpi"),
    path("results/", dashboard.results, name="results"),
    path("results/working/<slug:name>/", dashboard.working, name="working"),
    path("results/trend/<slug:name>/", dashboard.trend, name="trend"),
    path("results/trend/<slug:name>/figure/", dashboard.trend_figure, name="trend_figure"),
    path("results/return/", ledger.return_page, name="return"),
    path("results/money/", ledger.entries, name="entries"),
    path("results/money/new/", ledger.new_entry, name="new_entry"),
    path("results/money/<int:pk>/", ledger.entry, name="entry"),
    path("results/money/<int:pk>/delete/", ledger.delete_entry, name="delete_entry"),
    path("results/figures/", figures.record, name="record"),
    path("results/figures/<int:pk>/delete/", figures.delete_figure, name="delete_figure"),
    path("results/findings/", findings.findings, name="findings"),
    path("results/findings/new/", findings.new_finding, name="new_finding"),
    path("results/findings/<int:pk>/", findings.finding, name="finding"),
    path("results/findings/<int:pk>/delete/", findings.delete_finding, name="delete_finding"),
    path("results/restore/", undo.restore, name="restore"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:pk>/", imports.import_, name="import"),
    path("imports/<int:pk>/settle/", imports.settle, name="settle_import"),
    path("imports/<int:pk>/save/", imports.save_import, name="save_import"),
    path("imports/<int:pk>/cancel/", imports.cancel_import, name="cancel_import"),
    path("imports/<int:pk>/undo/", imports.undo, name="undo_import"),
    path("imports/<int:pk>/not-stored.csv", imports.rows_not_stored, name="rows_not_stored"),
    path("windows/strategy/<int:pk>/goals/", windows.goal_progress, name="goal_progress"),
    path("windows/strategy/<int:pk>/thread/", windows.thread_counts, name="thread_counts"),
    path("windows/strategy/<int:pk>/plan/", windows.plan_actual, name="plan_actual"),
    path("windows/strategy/<int:pk>/evidence/<slug:question>/", windows.evidence, name="evidence"),
    path("windows/strategy/<int:pk>/findings/", windows.strategy_findings, name="strategy_findings"),
    path("windows/post/<int:pk>/", windows.post_results, name="post_results"),
]
