"""Discover: the worker asks the network for ONVIF devices; what it finds is registered by people."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as queue

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cameras.details import said
from linli.cameras.models import Discovery, Source
from linli.cameras.onvif.device import Device, DeviceFacts, Profile
from linli.cameras.onvif.discovery import GROUP, discover
from linli.cameras.policy import may_set_up
from linli.cameras.probe.finding import LookError, Target
from linli.cameras.probe.web import Asker
from linli.cameras.queries.limits import limits, networks
from linli.kernel.errors import Invalid, NotPermitted

TASK = "linli.cameras.tasks.discover_devices"
AT_MOST_EVERY = timedelta(seconds=20)


@transaction.atomic
def ask_network(*, actor: Actor, at: datetime, queued: bool = True) -> Discovery:
    """Have the network asked for devices; once in twenty seconds is enough."""
    if not may_set_up(actor) or actor.user_id is None:
        raise NotPermitted(_("The city's administrators look for devices."))
    if Discovery.objects.filter(by=actor.user_id, asked_at__gt=at - AT_MOST_EVERY).exists():
        raise Invalid(_("The network was asked just now."))
    row = Discovery(by_id=actor.user_id, asked_at=at)
    record("cameras", "network", "cameras.discover", actor=actor.user_id, at=at, rows=[row])
    if queued:
        queue.configure_task(TASK).defer(discovery_id=str(row.id))
    return row


def find_devices(
    discovery_id: UUID, *, to: tuple[str, int] = GROUP, seconds: float = 4.0
) -> Discovery:
    """Ask the network and keep who answered; devices whose address is in use already are marked."""
    row = Discovery.objects.get(pk=discovery_id)
    try:
        found = discover(networks(), seconds=seconds, to=to)
    except OSError as fault:
        found, row.failure = [], (fault.strerror or str(fault))[:120]
    used = set(
        Source.objects.filter(address__in=[one.address for one in found]).values_list(
            "address", flat=True
        )
    )
    row.found = [asdict(one) | {"used": one.address in used} for one in found]
    row.ended_at = timezone.now()
    row.save()
    return row


def ask_device(address: str, *, user: str, password: str) -> tuple[DeviceFacts, list[Profile]]:
    """Ask one device what it is and which streams it has; raises :class:`Invalid` with the reason."""
    target = Target("onvif", address, user=user, password=password)
    try:
        with Asker(target, networks(), limits().connect_within * 2) as asker:
            device = Device(asker, address)
            device.clock()
            return device.facts(), device.profiles()
    except LookError as ended:
        finding = ended.finding
        raise Invalid(said(finding.detail, finding.note)) from None
