"""Addresses of the statute library."""

from django.urls import URLPattern, path

from linli.legal.web import own, pages

app_name = "legal"
urlpatterns: list[URLPattern] = [
    path("statutes/", pages.home, name="home"),
    path("statutes/laws/", pages.laws, name="laws"),
    path("statutes/check/", pages.check, name="check"),
    path("statutes/for/<uuid:case_id>/", pages.for_case, name="for_case"),
    path("statutes/own/", own.statutes, name="own"),
    path("statutes/own/read/", own.read_folder, name="read_folder"),
    path("statutes/own/<uuid:statute_id>/remove/", own.remove, name="remove"),
    path("statutes/own/sayings/", own.sayings, name="sayings"),
    path("statutes/own/sayings/<uuid:saying_id>/remove/", own.forget, name="forget_saying"),
    path("statutes/laws/<str:key>/", pages.law, name="law"),
    path("statutes/laws/<str:key>/<str:number>/", pages.article, name="article"),
]
