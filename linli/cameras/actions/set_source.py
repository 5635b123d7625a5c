"""Set a source: from where a camera's picture is had; user and password are sealed on the way in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cameras import addresses
from linli.cameras.actions.step import locked
from linli.cameras.actions.watch import watch
from linli.cameras.addresses import Address
from linli.cameras.choices import Protocol
from linli.cameras.limits import Net, lies_in
from linli.cameras.models import Camera, Source
from linli.cameras.queries.limits import networks
from linli.kernel.crypto import seal, unseal
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.ids import new_id

MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceData:
    """An address with what the device asks for. Credentials in the address count when none are given."""

    protocol: str
    address: str
    user: str = ""
    password: str = ""
    channel: str = ""
    width: int | None = None
    rate: float | None = None
    encoding: str = ""


@transaction.atomic
def set_source(camera_id: UUID, data: SourceData, *, actor: Actor, at: datetime) -> Source:
    """Add a source to a camera, behind those it has."""
    camera = locked(camera_id, actor)
    last = camera.sources.aggregate(last=Max("position"))["last"]
    if last is not None and camera.sources.count() >= MOST:
        raise Invalid(_("A camera has at most %(most)d sources.") % {"most": MOST})
    source = made(camera, data, networks(), at=at, position=0 if last is None else last + 1)
    facts = {"source": str(source.id), "protocol": source.protocol}
    record(
        "camera", camera.id, "camera.set_source", actor=actor.user_id, at=at, facts=facts,
        rows=[source],
    )  # fmt: skip
    watch(camera.id, at=at)
    return source


@transaction.atomic
def drop_source(source_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Take a source away from a camera, its password with it."""
    source = Source.objects.filter(pk=source_id).first()
    if source is None:
        raise NotFound(_("There is no such source here."))
    camera = locked(source.camera_id, actor)
    facts = {"source": str(source.id), "protocol": source.protocol}
    source.delete()
    watch(camera.id, at=at)
    record("camera", camera.id, "camera.drop_source", actor=actor.user_id, at=at, facts=facts)


def made(
    camera: Camera, data: SourceData, allowed: Sequence[Net], *, at: datetime, position: int
) -> Source:
    """Return a checked source, not saved; raises :class:`Invalid` with the field."""
    if data.protocol not in Protocol.values:
        raise Invalid(_("Choose a protocol."), {"protocol": _("Choose a protocol.")})
    address = addresses.read(data.address, data.protocol)
    refuse_outside(address, allowed)
    user, password = data.user.strip() or address.user, data.password or address.password
    source = Source(
        id=new_id(), camera=camera, protocol=data.protocol, address=address.text,
        channel=data.channel.strip(), position=position, width=data.width, rate=data.rate,
        encoding=data.encoding, added_at=at,
    )  # fmt: skip
    if user:
        source.sealed = seal({"user": user, "password": password}, source.id.bytes)
    return source


def refuse_outside(address: Address, allowed: Sequence[Net]) -> None:
    """Raise :class:`Invalid` for a number outside the allowed networks; names are looked up later."""
    try:
        inside = lies_in(address.host, allowed)
    except ValueError:
        return
    if not inside:
        reason = _("This address lies outside the networks of cameras that the city allows.")
        raise Invalid(reason, {"address": reason})


def credentials(source: Source) -> tuple[str, str]:
    """Return user and password of a source, two empty texts where there are none."""
    if not source.sealed:
        return "", ""
    found = unseal(source.sealed, source.id.bytes)
    return found["user"], found["password"]
