"""Django's record of this app."""

from django.apps import AppConfig


class LegalConfig(AppConfig):
    name = "linli.legal"
    label = "legal"
