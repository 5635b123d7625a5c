"""Django's record of this app."""

from django.apps import AppConfig


class CamerasConfig(AppConfig):
    name = "linli.cameras"
    label = "cameras"
