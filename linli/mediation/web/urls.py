"""Addresses of mediation."""

from django.urls import path

from linli.mediation.web import (
    agreement,
    calendar,
    clauses,
    committees,
    file,
    lists,
    outstanding,
    page,
    people,
    prevention,
    results,
    sessions,
    statistics,
    templates,
)
from linli.mediation.web import path as steps

app_name = "mediation"
urlpatterns = [
    path("cases/<uuid:case_id>/mediation/begin/", steps.begin, name="begin"),
    path("committees/", committees.listing, name="committees"),
    path("committees/found/", committees.found, name="found_committee"),
    path("committees/<uuid:committee_id>/", committees.committee, name="committee"),
    path("committees/<uuid:committee_id>/change/", committees.change, name="change_committee"),
    path(
        "committees/<uuid:committee_id>/mediators/<uuid:user_id>/",
        committees.mediator,
        name="mediator",
    ),
    path("mediations/", lists.home, name="list"),
    path("mediation/statistics/", statistics.home, name="statistics"),
    path("mediation/statistics/form.xlsx", statistics.download, name="statistics_sheet"),
    path("mediation/statistics/mediations/", statistics.behind, name="counted"),
    path("mediation/prevention/", prevention.home, name="prevention"),
    path("mediation/results/", results.home, name="results"),
    path("mediations/<uuid:mediation_id>/", page.mediation, name="mediation"),
    path(
        "mediations/<uuid:mediation_id>/parties/<uuid:participant_id>/consent/",
        people.consent,
        name="consent",
    ),
    path(
        "mediations/<uuid:mediation_id>/parties/<uuid:participant_id>/leave/",
        people.leave,
        name="leave",
    ),
    path(
        "mediations/<uuid:mediation_id>/mandates/<uuid:mandate_id>/paper/",
        people.paper,
        name="mandate_paper",
    ),
    path("mediations/<uuid:mediation_id>/parties/add/<slug:part>/", people.join, name="join"),
    path(
        "mediations/<uuid:mediation_id>/sessions/<uuid:session_id>/",
        sessions.session,
        name="session",
    ),
    path(
        "mediations/<uuid:mediation_id>/sessions/<uuid:session_id>/record/",
        sessions.record,
        name="record",
    ),
    path(
        "mediations/<uuid:mediation_id>/sessions/<uuid:session_id>/move/",
        sessions.move,
        name="move_session",
    ),
    path(
        "mediations/<uuid:mediation_id>/sessions/<uuid:session_id>/cancel/",
        sessions.cancel,
        name="cancel_session",
    ),
    path("mediations/<uuid:mediation_id>/agree/", agreement.write, {"verb": "agree"}),
    path("mediations/<uuid:mediation_id>/amend/", agreement.write, {"verb": "amend"}),
    path("mediations/calendar/", calendar.home, name="calendar"),
    path("mediations/clauses/", clauses.home, name="clauses"),
    path("mediations/clauses/add/", clauses.add, name="add_clause"),
    path("mediations/clauses/<uuid:clause_id>/", clauses.change, name="change_clause"),
    path("mediations/clauses/<uuid:clause_id>/retire/", clauses.retire, name="retire_clause"),
    path("mediations/clauses/<uuid:clause_id>/offer/", clauses.offer, name="offer_clause"),
    path("mediations/outstanding/", outstanding.home, name="outstanding"),
    path("mediations/forms/", templates.home, name="templates"),
    path("mediations/forms/<slug:kind>/", templates.template, name="template"),
    path("mediations/forms/<slug:kind>/download/", templates.download, name="download_template"),
    path(
        "mediations/forms/<slug:kind>/<uuid:template_id>/withdraw/",
        templates.withdraw,
        name="withdraw_template",
    ),
    path("mediations/<uuid:mediation_id>/file/", file.file, name="file"),
    path("mediations/<uuid:mediation_id>/file/whole.pdf", file.whole, name="whole"),
    path("mediations/<uuid:mediation_id>/file/<slug:kind>.<slug:ending>", file.paper, name="paper"),
    path(
        "mediations/<uuid:mediation_id>/file/<uuid:paper_id>/remove/",
        file.remove,
        name="remove_paper",
    ),
    path("mediations/<uuid:mediation_id>/file/destroy/", file.destroy, name="destroy"),
    path("mediations/<uuid:mediation_id>/<slug:verb>/", steps.step, name="step"),
]
