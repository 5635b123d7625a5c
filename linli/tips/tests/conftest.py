"""The cast, with a police department that reads tips about fraud, and a tip given by a resident."""

from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.utils import timezone

from linli.areas.models import Unit
from linli.kernel.row_security import scoped
from linli.tips.actions.desks import set_tip_desk
from linli.tips.actions.give import TipData, give_tip
from tests.cast import BEIJING_ROAD, CITY, LONGMENLI, Cast, make_cast, make_user

BACKEND = "linli.accounts.backend.RoleBackend"
SECRET = "卖假药的周老板在地下室"
GIVER = "端木无名"


@dataclass
class Police:
    """The cast, and who reads tips: ``detective`` in the police department of the county seat."""

    cast: Cast
    unit: Unit
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, name: str) -> Client:
        """Return a person's signed-in client."""
        if name not in self.clients:
            self.clients[name] = Client(HTTP_ACCEPT_LANGUAGE="en")
            self.clients[name].force_login(self.cast.users[name], backend=BACKEND)
        return self.clients[name]

    def tip(self, **more: str) -> str:
        """Give a tip as a resident; return its code."""
        data = TipData(kind="fraud", text=SECRET, area=LONGMENLI, name=GIVER, phone="1", **more)
        with scoped((), (), None):
            return give_tip(data, actor=None, at=timezone.now())


@pytest.fixture
def police(db: None) -> Police:
    cast = make_cast()
    unit = Unit.objects.create(
        area_id=BEIJING_ROAD, kind="department", field="police", name="派出所反诈中队"
    )
    cast.users["detective"] = make_user("detective", "department_officer", BEIJING_ROAD, unit)
    admin = cast.actor("administrator")
    set_tip_desk(
        area=CITY, kind="fraud", unit=unit.pk, kept_days=30, actor=admin, at=timezone.now()
    )
    return Police(cast, unit)
