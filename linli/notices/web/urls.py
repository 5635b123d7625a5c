"""Addresses of notices: one's own, and how the city keeps them."""

from django.urls import path

from linli.notices.web import gateways, home, outbox, preferences, texts

app_name = "notices"
urlpatterns = [
    path("notices/", home.home, name="home"),
    path("notices/bell/", home.bell, name="bell"),
    path("notices/read/", home.read_all, name="read_all"),
    path("notices/preferences/", preferences.edit, name="preferences"),
    path("notices/outbox/", outbox.home, name="outbox"),
    path("notices/outbox/<uuid:message_id>/", outbox.message, name="message"),
    path("notices/outbox/<uuid:message_id>/again/", outbox.again, name="again"),
    path("notices/texts/", texts.home, name="texts"),
    path("notices/texts/<slug:kind>/<slug:channel>/", texts.edit, name="text"),
    path("notices/texts/<slug:kind>/<slug:channel>/reset/", texts.reset, name="reset_text"),
    path("notices/channels/", gateways.home, name="gateways"),
    path("notices/channels/new/<slug:sort>/", gateways.add, name="add_gateway"),
    path("notices/channels/<uuid:gateway_id>/", gateways.change, name="gateway"),
    path("notices/channels/<uuid:gateway_id>/try/", gateways.trial, name="try_gateway"),
    path("notices/channels/<uuid:gateway_id>/remove/", gateways.remove, name="remove_gateway"),
    path("notices/<uuid:notice_id>/", home.open_notice, name="notice"),
]
