"""Addresses of reading."""

from django.urls import URLPattern, path

from linli.reading.web import keeping, panels

app_name = "reading"

urlpatterns: list[URLPattern] = [
    path("reading/", keeping.home, name="home"),
    path("reading/propose/", panels.panel, name="panel"),
    path("reading/learn/", keeping.learn, name="learn"),
    path("reading/off/", keeping.turn_off, name="turn_off"),
    path("reading/versions/<int:number>/", keeping.version, name="version"),
    path("reading/versions/<int:number>/on/", keeping.turn_on, name="turn_on"),
    path("reading/words/", keeping.keywords, name="keywords"),
    path("reading/urgency/", keeping.urgency, name="urgency"),
    path("reading/places/", keeping.places, name="places"),
    path("reading/<slug:name>/<int:key>/drop/", keeping.drop, name="drop"),
    path("cases/<uuid:case_id>/proposal/take-over/", panels.take_over, name="take_over"),
    path("cases/<uuid:case_id>/proposal/put-away/", panels.put_away, name="put_away"),
]
