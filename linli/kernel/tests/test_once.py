"""Idempotency keys."""

import pytest

from linli.kernel.errors import Invalid
from linli.kernel.ids import new_id
from linli.kernel.models import Once
from linli.kernel.once import KEPT, claim, forget_old
from tests.cast import TUESDAY

pytestmark = pytest.mark.django_db


def test_the_same_request_gets_the_first_result() -> None:
    person, first = new_id(), new_id()
    assert claim(person, "k", b"body", first, TUESDAY) is None
    assert claim(person, "k", b"body", new_id(), TUESDAY) == first
    assert claim(new_id(), "k", b"body", new_id(), TUESDAY) is None


def test_a_key_is_not_taken_for_another_request() -> None:
    person = new_id()
    claim(person, "k", b"one", new_id(), TUESDAY)
    with pytest.raises(Invalid):
        claim(person, "k", b"two", new_id(), TUESDAY)


def test_old_keys_are_forgotten() -> None:
    claim(new_id(), "k", b"", new_id(), TUESDAY)
    assert forget_old(TUESDAY + KEPT) == 0
    assert forget_old(TUESDAY + 2 * KEPT) == 1
    assert not Once.objects.exists()
