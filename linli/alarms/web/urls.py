"""Addresses of alarms, of warnings to the public, and of the public feed."""

from django.urls import URLPattern, path, re_path

from linli.alarms.web import alarm, call, desks, feed, inlets, queue, warnings

app_name = "alarms"
urlpatterns: list[URLPattern] = [
    path("alarms/", queue.home, name="home"),
    path("alarms/past/", queue.past, name="past"),
    path("alarms/call/", call.enter, name="call"),
    path("alarms/places.json", call.places, name="places"),
    path("alarms/desks/", desks.home, name="desks"),
    path("alarms/doors/", inlets.home, name="inlets"),
    path("alarms/doors/<uuid:inlet_id>/end/", inlets.end, name="end_inlet"),
    path("alarms/in/<uuid:inlet_id>/", inlets.inlet, name="inlet"),
    path("alarms/<uuid:alarm_id>/", alarm.page, name="alarm"),
    path("alarms/<uuid:alarm_id>/<slug:verb>/", alarm.step, name="step"),
    path("warnings/", warnings.home, name="warnings"),
    path("warnings/new/", warnings.draft, name="draft_warning"),
    path("warnings/terms/", warnings.set_terms, name="warning_terms"),
    path("warnings/<uuid:warning_id>/", warnings.page, name="warning"),
    path("warnings/<uuid:warning_id>/update/", warnings.draft, name="update_warning"),
    path("warnings/<uuid:warning_id>/<slug:verb>/", warnings.step, name="warning_step"),
    path("cap/", feed.feed, name="feed"),
    path("cap/certificates.pem", feed.certificate, name="certificates"),
    re_path(r"^cap/(?P<identifier>linli-[0-9a-z-]{10,70})\.xml$", feed.message, name="cap"),
]
