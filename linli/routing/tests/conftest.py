"""The cast, and a client each."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast, make_cast

type SignedIn = Callable[[str], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    """Return everybody."""
    return make_cast()


@pytest.fixture
def signed_in(cast: Cast) -> SignedIn:
    """Return a function that signs a person of the cast in, in English."""

    def sign_in(name: str) -> Client:
        client = Client(HTTP_ACCEPT_LANGUAGE="en")
        client.force_login(cast.users[name], backend="linli.accounts.backend.RoleBackend")
        return client

    return sign_in
