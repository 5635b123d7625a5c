"""Django's record of this app."""

from django.apps import AppConfig


class TipsConfig(AppConfig):
    name = "linli.tips"
    label = "tips"
