"""Addresses without a brand and without a login: whoever has the link reads the document."""

from django.urls import path

from metrics.views import shared, shared_reports

app_name = "shared"
urlpatterns = [
    path("reports/<str:signed>/", shared_reports.report, name="report"),
    path("reports/<str:signed>/report.pdf", shared_reports.report_pdf, name="report_pdf"),
    path("reports/<str:signed>/report.xlsx", shared_reports.report_xlsx, name="report_xlsx"),
    path("issued/<str:signed>/", shared_reports.issued, name="issued"),
    path("issued/<str:signed>/report.pdf", shared_reports.issued_pdf, name="issued_pdf"),
    path("issued/<str:signed>/report.xlsx", shared_reports.issued_xlsx, name="issued_xlsx"),
    path("unsubscribe/<str:signed>/", shared_reports.unsubscribe, name="unsubscribe"),
    path("<str:signed>/", shared.document, name="document"),
    path("<str:signed>/document.pdf", shared.document_pdf, name="pdf"),
    path("<str:signed>/pictures/<int:pk>/", shared.picture, name="picture"),
]
