from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("brands.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("brands/<slug:brand>/strategies/", include("strategies.urls")),
    path("brands/<slug:brand>/calendar/", include("calendar_app.urls")),
    path("brands/<slug:brand>/", include("metrics.urls")),
]
