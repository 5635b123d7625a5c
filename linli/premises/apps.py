"""Django's record of this app."""

from django.apps import AppConfig


class PremisesConfig(AppConfig):
    name = "linli.premises"
    label = "premises"
