from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from brands.views.confirming import ConfirmEmail
from brands.views.people import speak
from calendar_app.views import public_review
from calendar_app.views.feeds import feed
from smmplanner import api, api_reference, installed
from strategies.views import public_survey

urlpatterns = [
    path("brands/sample/", include("metrics.sample_urls")),
    path("", include("brands.urls")),
    # Before the library's own, which signs other people out when the page is merely opened.
    path("accounts/confirm-email/<str:key>/", ConfirmEmail.as_view(), name="account_confirm_email"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    # Django's own name for it, by which its pages would ask.
    path("i18n/setlang/", speak, name="set_language"),
    path("manifest.webmanifest", installed.manifest, name="manifest"),
    path("sw.js", installed.service_worker, name="service_worker"),
    path("offline/", installed.offline, name="offline"),
    path(
        "admin/queues/",
        admin.site.admin_view(RedirectView.as_view(pattern_name="admin:brands_taskfailure_changelist")),
        name="queues",
    ),
    path("admin/", admin.site.urls),
    path("api/", api_reference.reference, name="api_reference"),
    path("api/v1/", include((api.urls(), "api"))),
    path("surveys/<str:signed>/", public_survey.answer, name="survey"),
    path("feeds/<str:secret>.ics", feed, name="feed"),
    path("review/<str:signed>/", public_review.review, name="review"),
    path("review/<str:signed>/pictures/<int:pk>/", public_review.thumb, name="review_thumb"),
    path("shared/", include("metrics.shared_urls")),
    # First, because what judges a strategy stands beside its steps: strategies/1/health/ is not a step.
    path("brands/<slug:brand>/", include("metrics.urls")),
    path("brands/<slug:brand>/strategies/", include("strategies.urls")),
    path("brands/<slug:brand>/calendar/", include("calendar_app.urls")),
]

if settings.DEBUG:
    from smmplanner import design

    urlpatterns.append(path("design/", design.gallery, name="design"))

handler400 = "smmplanner.errors.bad_request"
handler403 = "smmplanner.errors.forbidden"
handler404 = "smmplanner.errors.not_found"
# allauth asks for this one, when somebody tries too often.
handler429 = "smmplanner.errors.too_many_requests"
handler500 = "smmplanner.errors.server_error"
