"""Addresses of imports."""

from django.urls import URLPattern, path

from linli.intake.web import imports

import_patterns: list[URLPattern] = [
    path("cases/import/", imports.home, name="imports"),
    path("cases/import/<uuid:batch_id>/", imports.one, name="import"),
    path("cases/import/<uuid:batch_id>/progress/", imports.progress, name="import_progress"),
    path("cases/import/<uuid:batch_id>/sheet/", imports.sheet, name="import_sheet"),
    path("cases/import/<uuid:batch_id>/go-on/", imports.go_on, name="import_go_on"),
    path("cases/import/<uuid:batch_id>/stop/", imports.stop, name="import_stop"),
    path("cases/import/<uuid:batch_id>/drop/", imports.drop, name="import_drop"),
    path("cases/import/<uuid:batch_id>/repair.xlsx", imports.refused, name="import_repair"),
]
