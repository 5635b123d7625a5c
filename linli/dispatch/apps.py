"""Django's record of this app."""

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "linli.dispatch"
    label = "dispatch"
