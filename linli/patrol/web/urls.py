"""Addresses of patrols."""

from django.urls import path, re_path

from linli.patrol.web import coverage, me, points, roster, routes, rules, teams, tracks

app_name = "patrol"
_AREA = "patrol/areas/<uuid:area_id>/"
urlpatterns = [
    path("patrol/", roster.home, name="home"),
    path("patrol/rules/", rules.rules, name="rules"),
    path("patrol/shifts/<uuid:shift_id>/track/", tracks.track, name="track"),
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
    path(f"{_AREA}routes/", routes.night, name="routes"),
    path(f"{_AREA}routes/make/", routes.make, name="make_routes"),
    path(f"{_AREA}routes/print/", routes.printed, name="print"),
    path("patrol/routes/<uuid:route_id>/", routes.route, name="route"),
    path(f"{_AREA}coverage/", coverage.home, name="coverage"),
    path(f"{_AREA}points/", points.listing, name="points"),
    path(f"{_AREA}points/add/", points.add, name="add_point"),
    path(f"{_AREA}points/<uuid:point_id>/", points.change, name="change_point"),
    path(f"{_AREA}points/<uuid:point_id>/code/", points.code, name="code"),
    path(f"{_AREA}promise/", points.promise, name="promise"),
    path("patrol/me/", me.me, name="me"),
    path("patrol/me/wish/", me.wish, name="wish"),
    path("patrol/me/shifts/<uuid:shift_id>/check/", me.check, name="check"),
    path("patrol/me/shifts/<uuid:shift_id>/report/", me.report, name="report"),
    path("patrol/me/shifts/<uuid:shift_id>/swap/", me.swap, name="swap"),
    path("patrol/read/<uuid:point_id>/<slug:code>/", me.read, name="read"),
]
