"""The URLconf of a machine where DEBUG is set."""

from django.urls import path

from smmplanner.design import gallery
from smmplanner.urls import urlpatterns as product

urlpatterns = [path("design/", gallery, name="design"), *product]
