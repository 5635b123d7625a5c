"""Addresses of patrols."""

from django.urls import path, re_path

from linli.patrol.web import roster, teams

app_name = "patrol"
_AREA = "patrol/areas/<uuid:area_id>/"
urlpatterns = [
    path("patrol/", roster.home, name="home"),
    path(_AREA, roster.week, name="area"),
    path(f"{_AREA}plan/", roster.plan, name="plan"),
    re_path(
        r"^patrol/plans/(?P<plan_id>[0-9a-f-]{36})/(?P<verb>publish|drop)/$",
        roster.settle,
        name="settle",
    ),
    re_path(
        r"^patrol/swaps/(?P<swap_id>[0-9a-f-]{36})/(?P<verb>agree|grant|refuse|withdraw)/$",
        roster.answer_swap,
        name="answer_swap",
    ),
    path(f"{_AREA}teams/", teams.listing, name="teams"),
    path(f"{_AREA}teams/add/", teams.add, name="add_team"),
    path(f"{_AREA}teams/<uuid:team_id>/", teams.team, name="team"),
    path(f"{_AREA}members/<uuid:member_id>/", teams.member, name="member"),
    path(f"{_AREA}needs/", teams.need, name="need"),
]
