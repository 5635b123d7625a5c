"""Addresses of the case pages. A verb's address is its name; whatever else a case has comes before."""

from django.urls import URLPattern

app_name = "cases"
urlpatterns: list[URLPattern] = []
