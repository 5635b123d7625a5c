"""Django's record of this app."""

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "linli.reading"
    label = "reading"
