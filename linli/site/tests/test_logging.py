"""What goes wrong on our side is written where an administrator finds it."""

import io
import logging

import pytest
from django.test import Client

from linli.site import errors


def test_an_error_leaves_its_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    told, draw = io.StringIO(), errors.render_to_string
    handlers = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    for handler in handlers:
        monkeypatch.setattr(handler, "stream", told)
    failures = [ZeroDivisionError("of ours")]

    def broken(*given: object) -> str:
        if failures:
            raise failures.pop()
        return draw(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(errors, "render_to_string", broken)
    answer = Client(raise_request_exception=False).get("/there-is-no-such-page/")
    assert answer.status_code == 500
    assert "ERROR django.request: Internal Server Error: /there-is-no-such-page/" in told.getvalue()
    assert "of ours" not in answer.content.decode()


def test_a_refused_request_is_no_error() -> None:
    assert not logging.getLogger("django.request").isEnabledFor(logging.WARNING)
    assert logging.getLogger("django.request").isEnabledFor(logging.ERROR)
