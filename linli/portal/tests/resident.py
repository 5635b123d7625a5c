"""A resident for tests: the form filled in as a person would, and the desk that hears of it."""

import re
from typing import Any
from uuid import uuid4

from django.core import signing
from django.test import Client
from django.utils import timezone

from linli.portal import guard
from linli.portal.actions.report import Receipt, Told, report
from linli.portal.receipts import read_code
from tests.cast import LONGMENLI

TEXT = "三单元门口的路灯坏了一周，晚上看不清台阶。希望尽快修好。"


def told(**fields: Any) -> Told:
    """Return what the usual resident says."""
    return Told(**{"text": TEXT, "area": LONGMENLI, "kind": "hazard", **fields})


def reported(**fields: Any) -> Receipt:
    """Report now and return the receipt."""
    given = {"key": uuid4(), "at": timezone.now()}
    given |= {name: fields.pop(name) for name in ("key", "at", "photos", "way") if name in fields}
    return report(told(**fields), **given)


def stamp_of(page: Any) -> str:
    """Return the stamp of a form that was drawn."""
    found = re.search(r'name="stamp" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def aged(stamp: str, seconds: float = 60) -> str:
    """Return the same stamp as if its form had been drawn some time ago."""
    key, drawn, bits = signing.loads(stamp, salt="portal.stamp")
    return signing.dumps([key, drawn - seconds, bits], salt="portal.stamp", compress=False)


def proof_of(stamp: str) -> str:
    """Do the sum the page's script does."""
    read = guard.read_stamp(stamp, timezone.now())
    assert read
    return next(str(n) for n in range(10**7) if guard.is_proved(stamp, str(n), read.bits))


def send(client: Client, **fields: Any) -> Any:
    """Draw the form, wait as a person would, and send it; ``proved=False`` is without scripts."""
    stamp = fields.pop("stamp", None) or aged(stamp_of(client.get("/portal/report/")))
    proof = proof_of(stamp) if fields.pop("proved", True) else ""
    data = {"stamp": stamp, "proof": proof, "text": TEXT, "kind": "hazard", "area": LONGMENLI}
    return client.post("/portal/report/", {**data, **fields})


def code_in(answer: Any) -> str:
    """Return the code of the receipt an answer leads to."""
    found = re.search(r"/portal/r/(\w+)/", answer["Location"])
    assert found
    code = read_code(found[1])
    assert code
    return code
