"""Addresses of stores and experts, a part of the app's own."""

from django.urls import URLPattern, path

from linli.dispatch.web import experts, supplies

_STORE = "dispatch/stores/<uuid:store_id>"
_REQUEST = "dispatch/supply-requests/<uuid:request_id>"
_EXPERT = "dispatch/experts/<uuid:expert_id>"
patterns: list[URLPattern] = [
    path("dispatch/stores/", supplies.listing, name="stores"),
    path("dispatch/stores/new/", supplies.open_store, name="open_store"),
    path(f"{_STORE}/", supplies.store, name="store"),
    path(f"{_STORE}/close/", supplies.close_store, name="close_store"),
    path(f"{_STORE}/receive/", supplies.receive, name="receive"),
    path(f"{_STORE}/request/", supplies.request_from, name="request_supplies"),
    path("dispatch/lots/<uuid:lot_id>/<slug:verb>/", supplies.of_lot, name="of_lot"),
    path(f"{_REQUEST}/", supplies.one_request, name="supply_request"),
    path(f"{_REQUEST}/return/", supplies.give_back, name="return_supplies"),
    path(f"{_REQUEST}/<slug:verb>/", supplies.step, name="supply_step"),
    path("dispatch/experts/", experts.listing, name="experts"),
    path("dispatch/experts/new/", experts.add, name="add_expert"),
    path("dispatch/experts/order/<uuid:listing_id>/", experts.raise_one, name="raise_expert"),
    path("dispatch/experts/calls/<uuid:call_id>/", experts.answer, name="answer_call"),
    path(f"{_EXPERT}/away/", experts.away, name="expert_away"),
    path(f"{_EXPERT}/retire/", experts.retire, name="retire_expert"),
    path(f"{_EXPERT}/call/<slug:field>/", experts.call, name="call_expert"),
]
