"""Devices of GB/T 28181: taken in by an administrator, and what they tell of themselves.

The functions for the listener have no actor: they are the system's own, one statement or two each,
and not audited, for they change nothing that anybody decided.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.areas.models import Area
from linli.audit.record import record
from linli.cameras.models import Camera, SipChannel, SipDevice, Source
from linli.cameras.policy import KEEPING, may_set_up
from linli.cameras.sip.manscdp import DEVICE_ID, Channel
from linli.kernel.crypto import seal, unseal
from linli.kernel.errors import Invalid, NotFound, NotPermitted

# Strangers are remembered, but not without end.
MOST_STRANGERS = 200
LEAST_PASSWORD = 8


@transaction.atomic
def accept_device(
    number: str, *, password: str, area: str, name: str = "", by_tcp: bool = False, actor: Actor,
    at: datetime,
) -> SipDevice:  # fmt: skip
    """Let a device register with a password of its own; one that asked, or one that will."""
    if not (actor.is_system or actor.holds(*KEEPING)):
        raise NotPermitted(_("Devices are taken in by administrators of their area."))
    reached = actor.is_system or actor.reaches(area, KEEPING)
    if not reached or not Area.objects.filter(pk=area).exists():
        wrong = _("There is no such area among yours.")
        raise Invalid(wrong, {"area": wrong})
    if not DEVICE_ID.match(number):
        raise Invalid(_("The number is wrong."), {"number": _("A device has 20 digits.")})
    if len(password) < LEAST_PASSWORD:
        wrong = _("At least %(n)d characters.") % {"n": LEAST_PASSWORD}
        raise Invalid(_("The password is too short."), {"password": wrong})
    device = SipDevice.objects.select_for_update().filter(number=number).first()
    device = device or SipDevice(number=number)
    if device.area and not (actor.is_system or actor.reaches(device.area, KEEPING)):
        raise NotFound(_("There is no such device here."))
    device.name, device.area, device.by_tcp = name.strip() or device.name, area, by_tcp
    device.sealed = seal(password, device.id.bytes)
    device.accepted_at, device.accepted_by_id = at, actor.user_id
    device.save()
    facts = {"number": number, "area": area}
    record("sip_device", device.id, "sip.accept", actor=actor.user_id, at=at, facts=facts)
    return device


@transaction.atomic
def forget_device(device_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Let a device in no more. Its cameras stay in the registry, without this source."""
    device = SipDevice.objects.select_for_update().filter(pk=device_id).first()
    known = device is not None and (
        actor.reaches(device.area, KEEPING) if device.area else may_set_up(actor)
    )
    if device is None or not known:
        raise NotFound(_("There is no such device here."))
    Source.objects.filter(protocol="gb28181", address=address_of(device.number)).delete()
    facts = {"number": device.number}
    device.delete()
    record("sip_device", device_id, "sip.forget", actor=actor.user_id, at=at, facts=facts)


@transaction.atomic
def tie_channel(channel_id: int, camera_id: UUID, *, actor: Actor, at: datetime) -> SipChannel:
    """Say which camera of the registry a channel is; it becomes a source of that camera."""
    channel = SipChannel.objects.select_related("device").filter(pk=channel_id).first()
    camera = Camera.objects.filter(pk=camera_id, retired_on=None).first()
    if channel is None or camera is None:
        raise NotFound(_("There is no such camera here."))
    if not actor.reaches(camera.area_id, KEEPING):
        raise NotPermitted(_("Devices are tied to cameras by administrators of their area."))
    _tie(channel, camera, at)
    facts = {"device": channel.device.number, "channel": channel.number}
    record("camera", camera.id, "camera.tie_channel", actor=actor.user_id, at=at, facts=facts)
    return channel


def address_of(number: str) -> str:
    """Return how a device's source is written in the registry."""
    return f"sip:{number}@gb28181"


def _tie(channel: SipChannel, camera: Camera, at: datetime) -> None:
    channel.camera = camera
    channel.save(update_fields=["camera"])
    address = address_of(channel.device.number)
    if not camera.sources.filter(protocol="gb28181", channel=channel.number).exists():
        last = camera.sources.order_by("-position").values_list("position", flat=True).first()
        Source.objects.create(
            camera=camera, protocol="gb28181", address=address, channel=channel.number,
            position=0 if last is None else last + 1, added_at=at,
        )  # fmt: skip


def password_of(number: str) -> str | None:
    """Return the password of an accepted device."""
    device = SipDevice.objects.filter(number=number, accepted_at__isnull=False).first()
    if device is None or device.sealed is None:
        return None
    return str(unseal(device.sealed, device.id.bytes))


def note_stranger(number: str, host: str, at: datetime) -> None:
    """Note that a device nobody accepted asked to be let in; the oldest stranger is forgotten."""
    strangers = SipDevice.objects.filter(accepted_at=None)
    if strangers.filter(number=number).update(asked_at=at, asked_from=host[:45]):
        return
    if strangers.count() >= MOST_STRANGERS:
        oldest = strangers.order_by("asked_at").values_list("pk", flat=True)[:1]
        SipDevice.objects.filter(pk__in=list(oldest)).delete()
    stranger = SipDevice(number=number, asked_at=at, asked_from=host[:45])
    SipDevice.objects.bulk_create([stranger], ignore_conflicts=True)


def note_registered(number: str, host: str, seconds: int, at: datetime) -> None:
    """Note until when a device is registered; zero seconds: it signed off."""
    until = at + timedelta(seconds=seconds) if seconds else None
    SipDevice.objects.filter(number=number).update(
        registered_until=until, heard_at=at, host=host[:45], asked_at=None
    )


def note_alive(number: str, at: datetime, *, fault: bool) -> None:
    """Note a keepalive."""
    SipDevice.objects.filter(number=number).update(heard_at=at, is_faulty=fault)


def note_gone(number: str) -> None:
    """Note that a device is away."""
    SipDevice.objects.filter(number=number).update(registered_until=None)


@transaction.atomic
def keep_catalogue(number: str, told: Sequence[Channel], at: datetime) -> None:
    """Keep a device's channels as it tells them now.

    One whose number is the code of a camera in the device's area becomes its source by itself; the
    others wait until somebody says which camera they are.
    """
    device = SipDevice.objects.filter(number=number, accepted_at__isnull=False).first()
    if device is None:
        return
    cameras = [one for one in told if not one.is_folder]
    rows = [
        SipChannel(
            device=device, number=one.id, name=one.name or one.id, maker=one.manufacturer,
            model=one.model, address=one.address, longitude=one.longitude, latitude=one.latitude,
            is_on=one.on,
        )
        for one in cameras
    ]  # fmt: skip
    fields = ["name", "maker", "model", "address", "longitude", "latitude", "is_on", "gone_at"]
    SipChannel.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["device", "number"], update_fields=fields
    )
    numbers = [one.id for one in cameras]
    device.channels.exclude(number__in=numbers).filter(gone_at=None).update(gone_at=at, is_on=False)
    SipDevice.objects.filter(pk=device.pk).update(catalogue_at=at, heard_at=at)
    known = {
        one.code: one
        for one in Camera.objects.filter(
            in_area(device.area, "area_id"), code__in=numbers, retired_on=None
        )
    }
    for channel in device.channels.filter(number__in=list(known), camera=None):
        channel.device = device
        _tie(channel, known[channel.number], at)
