"""Addresses of the areas: pages, verbs, and what the islands read."""

from django.urls import URLPattern, path, re_path

from linli.areas.web import data, pages, verbs

app_name = "areas"
urlpatterns: list[URLPattern] = [
    path("areas/", pages.home, name="home"),
    path("areas/children.json", data.choices, name="choices"),
    path("areas/shapes.json", data.shapes, name="shapes"),
    re_path(r"^areas/(?P<code>[0-9]{2,15})/$", pages.area, name="area"),
    re_path(r"^areas/(?P<code>[0-9]{2,15})/(?P<verb>[a-z_]+)/$", verbs.of_area, name="area_verb"),
    path("areas/units/<uuid:unit_id>/<slug:verb>/", verbs.of_unit, name="unit_verb"),
    path("areas/rooms/<uuid:room_id>/remove/", verbs.remove_room, name="remove_room"),
    path("areas/duty/<uuid:duty_id>/cancel/", verbs.cancel_duty, name="cancel_duty"),
]
