"""Addresses of people, one's own account, the audit log, and the door."""

from django.urls import URLPattern, path, re_path

from linli.accounts.web import entrance

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("accounts/password/reset/", entrance.forgotten, name="forgotten"),
    re_path(r"^accounts/(signup|email|confirm-email|password/reset|login/code)/", entrance.shut),
    re_path(r"^accounts/(3rdparty/(signup/)?|social/.*)$", entrance.shut),
]
