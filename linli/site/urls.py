"""The table of addresses: each app's pages, the API, and what belongs to the site itself."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from linli import (
    accounts,
    alarms,
    alike,
    areas,
    cameras,
    cases,
    dispatch,
    exchange,
    insight,
    intake,
    legal,
    mediation,
    missing,
    notices,
    patrol,
    portal,
    premises,
    reading,
    roads,
    routing,
    site,
    tips,
)
from linli.accounts.web.entrance import set_language
from linli.site import health, styleguide

# Each app's pages carry their full address in the app's own web/urls.py; tried in this order.
APPS = (
    accounts, areas, roads, notices, tips, cases, reading, routing, alike, legal, exchange, intake,
    mediation, premises, alarms, cameras, dispatch, missing, patrol, insight,
    portal,
)  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("i18n/setlang/", set_language, name="set_language"),
]
# Before the pages, whose addresses have no beginning in common: a request tries them one by one.
if module_has_submodule(site, "api"):
    from linli.site.api import urls

    urlpatterns.append(path("api/v1/", urls()))
urlpatterns += [
    path("", include(f"{app.__name__}.web.urls"))
    for app in APPS
    if module_has_submodule(app, "web.urls")
]
urlpatterns.append(path("accounts/", include("allauth.urls")))
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", include(styleguide)))

handler400 = "linli.site.errors.bad_request"
handler403 = "linli.site.errors.forbidden"
handler404 = "linli.site.errors.not_found"
handler500 = "linli.site.errors.failed"
