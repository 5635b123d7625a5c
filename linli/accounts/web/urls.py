"""Addresses of people, one's own account, the audit log, and the door."""

from django.urls import URLPattern, path, re_path

from linli.accounts.web import entrance, imports, log, me, people, person, rules

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("people/", people.home, name="people"),
    path("people/new/", people.create, name="create"),
    path("people/units/", people.units, name="units"),
    path("people/rules/", rules.rules, name="rules"),
    path("people/import/", imports.upload, name="import"),
    path("people/import/template.xlsx", imports.template, name="import_template"),
    path("people/import/<uuid:import_id>/", imports.preview, name="import_preview"),
    path("people/import/<uuid:import_id>/progress/", imports.progress, name="import_progress"),
    path("people/import/<uuid:import_id>/passwords.csv", imports.passwords, name="passwords"),
    path("people/<uuid:user_id>/", person.person, name="person"),
    path("people/<uuid:user_id>/leave/", me.leave, name="leave"),
    path("people/<uuid:user_id>/roles/<uuid:role_id>/end/", person.finish_role, name="end_role"),
    path("people/<uuid:user_id>/<slug:verb>/", person.verb, name="verb"),
    path("me/", me.home, name="me"),
    path("me/tokens/new/", me.new_token, name="token"),
    path("me/tokens/<uuid:token_id>/revoke/", me.end_token, name="end_token"),
    path("me/leaves/<uuid:leave_id>/cancel/", me.end_leave, name="end_leave"),
    path("log/", log.home, name="log"),
    path("log/<int:entry>/reason/", log.reason, name="log_reason"),
    path("log/export.csv", log.export, name="log_export"),
    path("accounts/password/reset/", entrance.forgotten, name="forgotten"),
    re_path(r"^accounts/(?:signup|email|confirm-email|password/reset|login/code)/", entrance.shut),
    re_path(r"^accounts/(?:3rdparty/(?:signup/)?|social/.*)$", entrance.shut),
]
