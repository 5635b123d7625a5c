"""Addresses of tips: the residents' door, and the unit's pages."""

from django.urls import URLPattern, path

from linli.tips.web import desks, door, unit

app_name = "tips"
urlpatterns: list[URLPattern] = [
    path("tips/give/", door.give, name="give"),
    path("tips/receipt/", door.receipt, name="receipt"),
    path("tips/", unit.home, name="home"),
    path("tips/take/", unit.take_in, name="take_in"),
    path("tips/desks/", desks.desks, name="desks"),
    path("tips/desks/<uuid:desk_id>/drop/", desks.drop, name="drop_desk"),
    path("tips/<uuid:tip_id>/", unit.tip, name="tip"),
    path("tips/<uuid:tip_id>/answer/", unit.answer, name="answer"),
    path("tips/<uuid:tip_id>/note/", unit.note, name="note"),
    path("tips/<uuid:tip_id>/finish/", unit.finish, name="finish"),
    path("tips/<uuid:tip_id>/reopen/", unit.reopen, name="reopen"),
    path("tips/<uuid:tip_id>/case/", unit.pass_on, name="pass_on"),
]
