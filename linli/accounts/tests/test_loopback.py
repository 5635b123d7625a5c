"""People of the demo come in only from the machine itself."""

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from linli.accounts.models import User

PASSWORD = "linli-demo"
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "let_in"),
    [
        ({}, True),
        ({"REMOTE_ADDR": "::1", "HTTP_HOST": "[::1]:8000"}, True),
        ({"HTTP_HOST": "localhost:8000", "HTTP_ORIGIN": "http://localhost:8000"}, True),
        ({"REMOTE_ADDR": "192.168.1.7"}, False),
        ({"REMOTE_ADDR": ""}, False),
        ({"HTTP_HOST": "zhongxin.example"}, False),
        ({"HTTP_ORIGIN": "https://zhongxin.example"}, False),
        ({"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
        ({"HTTP_X_REAL_IP": "127.0.0.1"}, False),
        ({"HTTP_FORWARDED": "for=127.0.0.1"}, False),
    ],
)
def test_a_demo_password_works_on_loopback_only(sent: dict[str, str], let_in: bool) -> None:
    User.objects.create_user("demo", PASSWORD, name="示例", loopback_only=True)
    User.objects.create_user("real", PASSWORD, name="真人")
    request = RequestFactory().post("/", **(HERE | sent))
    assert bool(authenticate(request, username="demo", password=PASSWORD)) is let_in
    assert authenticate(request, username="real", password=PASSWORD)
    assert authenticate(request, username="demo", password="wrong") is None
