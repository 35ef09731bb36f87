"""The sample brand, before there is one."""

from django.urls import path

from metrics.views import samples

app_name = "samples"
urlpatterns = [path("", samples.sample, name="sample")]
