"""Django's record of this app."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "linli.site"
    label = "site"
