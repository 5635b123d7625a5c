"""Addresses of what comes in: sources, and the door they come in by."""

from django.urls import URLPattern

from linli.intake.web.channel_urls import channel_patterns

app_name = "intake"
urlpatterns: list[URLPattern] = [*channel_patterns]
