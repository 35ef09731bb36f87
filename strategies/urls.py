from django.urls import path

from strategies.views import strategies, wizard

app_name = "strategies"
urlpatterns = [
    path("", strategies.list_strategies, name="list"),
    path("new/", strategies.new, name="new"),
    path("<int:pk>/", strategies.strategy, name="strategy"),
    path("<int:pk>/edit/", strategies.edit, name="edit"),
    path("<int:pk>/waive/", strategies.waive, name="waive"),
    path("<int:pk>/versions/<int:number>/", strategies.version, name="version"),
    path("<int:pk>/to/<slug:name>/", strategies.transition, name="transition"),
    path("<int:pk>/confirm/<slug:stage>/", wizard.confirm_stage, name="confirm_stage"),
    path("<int:pk>/<slug:step>/", wizard.step, name="step"),
    path("<int:pk>/<slug:step>/undo/", wizard.bring_back, name="bring_back"),
]
