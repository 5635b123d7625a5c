"""Django's record of this app."""

from django.apps import AppConfig


class AlarmsConfig(AppConfig):
    name = "linli.alarms"
    label = "alarms"
