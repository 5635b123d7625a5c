"""Addresses of this app's pages."""

from django.urls import URLPattern, path

from linli.missing.web import pages

app_name = "missing"
urlpatterns: list[URLPattern] = [
    path("missing/", pages.home, name="list"),
    path("missing/new/", pages.report, name="report"),
    path("missing/<uuid:search_id>/", pages.search, name="search"),
    path("missing/<uuid:search_id>/photo/", pages.photo, name="photo"),
    path("missing/<uuid:search_id>/clips/<uuid:look_id>/", pages.clip, name="clip"),
    path("missing/<uuid:search_id>/<slug:verb>/", pages.step, name="step"),
]
