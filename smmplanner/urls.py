from django.contrib import admin
from django.urls import include, path

from calendar_app.views import public_review
from calendar_app.views.feeds import feed
from smmplanner import health
from strategies.views import public_survey

urlpatterns = [
    path("", include("brands.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("health/", health.health, name="health"),
    path("admin/", admin.site.urls),
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

handler400 = "smmplanner.errors.bad_request"
handler403 = "smmplanner.errors.forbidden"
handler404 = "smmplanner.errors.not_found"
# allauth asks for this one, when somebody tries too often.
handler429 = "smmplanner.errors.too_many_requests"
handler500 = "smmplanner.errors.server_error"
