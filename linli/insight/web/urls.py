"""Addresses of the figures."""

from django.urls import path

from linli.insight.web import views, wall

app_name = "insight"
urlpatterns = [
    path("figures/", views.home, name="home"),
    path("wall/", wall.wall, name="wall"),
]
