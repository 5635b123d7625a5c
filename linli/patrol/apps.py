"""Django's record of this app."""

from django.apps import AppConfig


class PatrolConfig(AppConfig):
    name = "linli.patrol"
    label = "patrol"
