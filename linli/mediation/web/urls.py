"""Addresses of mediation."""

from django.urls import path

from linli.mediation.web import page

app_name = "mediation"
urlpatterns = [
    path("mediations/<uuid:mediation_id>/", page.mediation, name="mediation"),
]
