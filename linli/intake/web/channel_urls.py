"""Addresses of sources and of the door they come in by."""

from django.urls import URLPattern, path

from linli.intake.web import channels, hook

channel_patterns: list[URLPattern] = [
    path("hooks/<uuid:key>/", hook.hook, name="hook"),
    path("connections/in/", channels.home, name="channels"),
    path("connections/in/new/<slug:channel>/", channels.add, name="add_channel"),
    path("connections/in/<uuid:key>/", channels.channel, name="channel"),
    path("connections/in/<uuid:key>/change/", channels.change, name="change_channel"),
    path("connections/in/<uuid:key>/fields/", channels.fields, name="channel_fields"),
    path("connections/in/<uuid:key>/look/", channels.look, name="look"),
    path("connections/in/<uuid:key>/token/", channels.renew, name="renew_token"),
    path("connections/in/<uuid:key>/switch/", channels.switch, name="switch_channel"),
    path("connections/in/<uuid:key>/remove/", channels.remove, name="remove_channel"),
]
