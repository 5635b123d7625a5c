"""Django's record of this app."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "linli.areas"
    label = "areas"
