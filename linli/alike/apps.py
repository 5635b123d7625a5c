"""Django's record of this app."""

from django.apps import AppConfig


class AlikeConfig(AppConfig):
    name = "linli.alike"
    label = "alike"
