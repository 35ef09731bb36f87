from django.urls import path

from strategies.views import presets, strategies, tools, wizard

app_name = "strategies"
urlpatterns = [
    path("", strategies.list_strategies, name="list"),
    path("new/", strategies.new, name="new"),
    path("tools/", tools.tools, name="tools"),
    path("tools/new/", tools.new_tool, name="new_tool"),
    path("tools/take/", tools.take_tool, name="take_tool"),
    path("tools/<int:pk>/", tools.tool, name="tool"),
    path("tools/<int:pk>/delete/", tools.delete_tool, name="delete_tool"),
    path("<int:pk>/", strategies.strategy, name="strategy"),
    path("<int:pk>/edit/", strategies.edit, name="edit"),
    path("<int:pk>/waive/", strategies.waive, name="waive"),
    path("<int:pk>/versions/<int:number>/", strategies.version, name="version"),
    path("<int:pk>/to/<slug:name>/", strategies.transition, name="transition"),
    path("<int:pk>/confirm/<slug:stage>/", wizard.confirm_stage, name="confirm_stage"),
    path("<int:pk>/presets/", presets.all_presets, name="presets"),
    path("<int:pk>/presets/<int:applied>/back/", presets.take_back, name="take_back_preset"),
    path("<int:pk>/presets/<slug:name>/", presets.preset, name="preset"),
    path("<int:pk>/<slug:step>/", wizard.step, name="step"),
    path("<int:pk>/<slug:step>/undo/", wizard.bring_back, name="bring_back"),
]
