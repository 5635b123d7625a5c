"""Django's record of this app."""

from django.apps import AppConfig


class RoadsConfig(AppConfig):
    name = "linli.roads"
    label = "roads"
