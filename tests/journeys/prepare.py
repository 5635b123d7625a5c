"""Imported inside the served instance: saves the cast, with a password each, and a committee."""

from django.utils import timezone

from linli.accounts.queries import actor_of
from linli.accounts.scope import acting
from linli.areas.models import Room
from linli.mediation.actions.found import CommitteeData, found_committee
from tests.cast import GUANGZHOU_ROAD, PASSWORD, make_cast, make_user

cast = make_cast()
for user in cast.users.values():
    user.set_password(PASSWORD)
    user.save()

# The justice office of 广州路: a committee with a room and a mediator of its own.
actor = actor_of(cast.users["administrator"].id, timezone.localdate())
assert actor is not None
with acting(actor):
    committee = found_committee(
        GUANGZHOU_ROAD,
        CommitteeData(kind="street", name="广州路街道人民调解委员会", word="广"),
        actor=actor,
        at=timezone.now(),
    )
Room.objects.create(unit=committee.unit, name="调解一室")
make_user("street_mediator", "mediator", GUANGZHOU_ROAD, committee.unit, password=PASSWORD)
