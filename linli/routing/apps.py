"""Django's record of this app."""

from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "linli.routing"
    label = "routing"
