"""Addresses without a brand and without a login: whoever has the link reads the document."""

from django.urls import path

from metrics.views import shared

app_name = "shared"
urlpatterns = [
    path("<str:signed>/", shared.document, name="document"),
    path("<str:signed>/document.pdf", shared.document_pdf, name="pdf"),
    path("<str:signed>/pictures/<int:pk>/", shared.picture, name="picture"),
]
