"""Addresses of this app's pages."""

from django.urls import URLPattern, path

from linli.dispatch.web import board

app_name = "dispatch"
urlpatterns: list[URLPattern] = [
    path("board/", board.board, name="board"),
    path("board/state.json", board.state, name="board_state"),
    path("board/alarms.json", board.alarms, name="board_alarms"),
    path("board/response.json", board.response, name="board_response"),
    path("board/premises.json", board.premises, name="board_premises"),
]
