"""What the tests about people share: the cast, and a browser in which somebody is signed in."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast, make_cast

type SignedIn = Callable[[str], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody."""
    return make_cast()


@pytest.fixture
def signed_in(cast: Cast) -> SignedIn:
    """Return a client in which the named person is signed in."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(cast.users[name], backend="linli.accounts.backend.RoleBackend")
        return client

    return sign_in
