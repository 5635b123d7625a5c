"""Addresses of webhooks and calendars."""

from django.urls import URLPattern, path

from linli.exchange.web import feeds, webhooks

app_name = "exchange"
urlpatterns: list[URLPattern] = [
    path("connections/", webhooks.home, name="home"),
    path("connections/hosts/<str:host>/forbid/", webhooks.forbid, name="forbid_host"),
    path("connections/webhooks/new/", webhooks.create, name="create"),
    path("connections/webhooks/<uuid:key>/", webhooks.webhook, name="webhook"),
    path("connections/webhooks/<uuid:key>/change/", webhooks.change, name="change"),
    path("connections/webhooks/<uuid:key>/test/", webhooks.test, name="test"),
    path("connections/webhooks/<uuid:key>/pause/", webhooks.stop, name="pause"),
    path("connections/webhooks/<uuid:key>/resume/", webhooks.go_on, name="resume"),
    path("connections/webhooks/<uuid:key>/secret/", webhooks.rotate, name="rotate"),
    path("connections/webhooks/<uuid:key>/remove/", webhooks.remove, name="remove"),
    path(
        "connections/webhooks/<uuid:key>/messages/<uuid:delivery>/again/",
        webhooks.again,
        name="again",
    ),
    path("calendar/<str:token>.ics", feeds.feed, name="feed"),
    path("me/calendar/", feeds.make, name="make_feed"),
    path("me/calendar/revoke/", feeds.revoke, name="revoke_feed"),
]
