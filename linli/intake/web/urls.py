"""Addresses of what comes in: imports, sources, and the door they come in by."""

from django.urls import URLPattern

from linli.intake.web.channel_urls import channel_patterns
from linli.intake.web.import_urls import import_patterns

app_name = "intake"
urlpatterns: list[URLPattern] = [*import_patterns, *channel_patterns]
