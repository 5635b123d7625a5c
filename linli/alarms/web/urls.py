"""Addresses of alarms."""

from django.urls import URLPattern, path

from linli.alarms.web import alarm, call, desks, queue

app_name = "alarms"
urlpatterns: list[URLPattern] = [
    path("alarms/", queue.home, name="home"),
    path("alarms/past/", queue.past, name="past"),
    path("alarms/call/", call.enter, name="call"),
    path("alarms/places.json", call.places, name="places"),
    path("alarms/desks/", desks.home, name="desks"),
    path("alarms/<uuid:alarm_id>/", alarm.page, name="alarm"),
    path("alarms/<uuid:alarm_id>/<slug:verb>/", alarm.step, name="step"),
]
