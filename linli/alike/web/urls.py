"""Addresses of similar cases and of patterns."""

from django.urls import URLPattern, path

from linli.alike.web import pages

app_name = "alike"
urlpatterns: list[URLPattern] = [
    path("similar/typed/", pages.typed, name="typed"),
    path("similar/<uuid:case_id>/", pages.for_case, name="for_case"),
    path("patterns/<str:code>/", pages.patterns_of, name="patterns"),
]
