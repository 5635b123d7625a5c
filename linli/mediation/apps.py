"""Django's record of this app."""

from django.apps import AppConfig


class MediationConfig(AppConfig):
    name = "linli.mediation"
    label = "mediation"
