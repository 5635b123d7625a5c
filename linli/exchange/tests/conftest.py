"""A cast, an administrator's subscription, and a receiver it goes to."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from linli.exchange.actions.subscribe import Wish, subscribe
from linli.exchange.models import AllowedHost, Subscription
from linli.exchange.tests.receiver import Receiver, receiver
from tests.cast import CITY, Cast, make_cast

type Subscribe = Callable[..., tuple[Subscription, str]]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def there() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


@pytest.fixture
def subscribed(cast: Cast, there: Receiver) -> Subscribe:
    """Return a function that subscribes the receiver's path to events, and gives row and secret."""
    AllowedHost.objects.create(host="127.0.0.1", reason="test", at=timezone.now())

    def subscribe_to(path: str = "/taken", **changed: Any) -> tuple[Subscription, str]:
        given = {"name": "test", "patterns": ["case.*"], "area": CITY, "url": there.url + path}
        wish = Wish(**(given | changed))
        return subscribe(wish, actor=cast.actor("administrator"), at=timezone.now())

    return subscribe_to
