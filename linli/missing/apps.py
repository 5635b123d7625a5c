"""Django's record of this app."""

from django.apps import AppConfig


class MissingConfig(AppConfig):
    name = "linli.missing"
    label = "missing"
