"""Addresses of dispatch."""

from django.urls import URLPattern, path

from linli.dispatch.web import (
    after,
    answers,
    board,
    figures,
    home,
    incident,
    opening,
    phone,
    setting,
    steps,
    supply_urls,
    units,
)

app_name = "dispatch"
_ONE = "dispatch/incidents/<uuid:incident_id>"
_UNIT = "dispatch/units/<uuid:unit_id>"
_PHONE = "dispatch/unit/<uuid:unit_id>"
urlpatterns: list[URLPattern] = [
    path("board/", board.board, name="board"),
    path("board/state.json", board.state, name="board_state"),
    path("board/alarms.json", board.alarms, name="board_alarms"),
    path("board/response.json", board.response, name="board_response"),
    path("board/premises.json", board.premises, name="board_premises"),
    path("dispatch/", home.home, name="home"),
    path("dispatch/past/", home.past, name="past"),
    path("dispatch/cover/<uuid:unit_id>/", units.cover, name="cover"),
    path("dispatch/open/", opening.open_one, name="open"),
    path("dispatch/open/<uuid:alarm_id>/", opening.for_alarm, name="open_alarm"),
    path("dispatch/handover/", after.handover, name="handover"),
    path("dispatch/figures/", figures.home, name="figures"),
    path(f"{_ONE}/", incident.page, name="incident"),
    path(f"{_ONE}/send/", steps.send, name="send"),
    path(f"{_ONE}/situation/<int:number>/", after.situation, name="situation"),
    path(f"{_ONE}/situation/<int:number>.pdf", after.situation_paper, name="situation_paper"),
    path(f"{_ONE}/review/", after.review, name="review"),
    path(f"{_ONE}/<slug:verb>/", steps.step, name="step"),
    path("dispatch/assignments/<uuid:assignment_id>/<slug:verb>/", answers.answer, name="answer"),
    path("dispatch/unit/", phone.choose, name="mine"),
    path(f"{_PHONE}/", phone.page, name="phone"),
    path(f"{_PHONE}/positions/", phone.positions, name="positions"),
    path(f"{_PHONE}/<slug:verb>/", phone.act, name="phone_act"),
    path("dispatch/units/", units.listing, name="units"),
    path("dispatch/units/found/", units.found, name="found_unit"),
    path(f"{_UNIT}/", units.unit, name="unit"),
    path(f"{_UNIT}/<slug:verb>/", units.act, name="unit_act"),
    *supply_urls.patterns,
    path("dispatch/settings/", setting.home, name="settings"),
    path("dispatch/settings/kinds/<slug:code>/", setting.kind, name="kind"),
    path("dispatch/settings/kinds/<slug:code>/cards/", setting.card, name="add_card"),
    path("dispatch/settings/cards/<uuid:card_id>/", setting.change_card, name="card"),
    path("dispatch/settings/kinds/<slug:code>/questions/", setting.question, name="add_question"),
    path("dispatch/settings/questions/<uuid:card_id>/", setting.change_question, name="question"),
    path("dispatch/settings/kinds/<slug:code>/plans/", setting.plan, name="add_plan"),
    path("dispatch/settings/plans/<uuid:plan_id>/", setting.change_plan, name="plan"),
    path("dispatch/settings/targets/", setting.targets, name="targets"),
    path("dispatch/settings/fields/", setting.field, name="add_field"),
    path("dispatch/settings/fields/<slug:code>/", setting.field, name="field"),
    path("dispatch/settings/supplies/", setting.supply_kind, name="add_supply_kind"),
    path("dispatch/settings/supplies/<slug:code>/", setting.supply_kind, name="supply_kind"),
    path("dispatch/settings/skills/", setting.capability, name="add_capability"),
    path("dispatch/settings/skills/<slug:code>/", setting.capability, name="capability"),
]
