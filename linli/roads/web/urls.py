"""Addresses of the map: its state, its tiles, and the search for places."""

from django.urls import URLPattern, path, re_path

from linli.roads.web import data, pages

app_name = "roads"
urlpatterns: list[URLPattern] = [
    path("roads/", pages.state, name="state"),
    path("roads/closed/", pages.closed, name="closed"),
    path("roads/closed/<uuid:closure_id>/reopen/", pages.reopen, name="reopen"),
    path("roads/places.json", data.places, name="places"),
    re_path(
        r"^roads/tiles/(?P<version>[0-9A-Za-z-]{1,40})/(?P<zoom>[0-9]{1,2})/(?P<column>[0-9]{1,6})"
        r"/(?P<row>[0-9]{1,6})\.mvt$",
        data.tile,
        name="tile",
    ),
]
