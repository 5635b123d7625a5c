"""Set up: the limits by which cameras are judged, and the networks that may be asked."""

import ipaddress
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cameras.actions.ranges import Ranges, wrong_ranges
from linli.cameras.models import Network, Setting
from linli.cameras.policy import may_set_up
from linli.kernel.errors import Invalid, NotFound, NotPermitted

# What makes sense.
RANGES: Ranges = {
    "look_every": (5, 86_400),
    "picture_every": (5, 86_400),
    "look_again": (1, 600),
    "connect_within": (1, 30),
    "picture_within": (2, 60),
    "at_once": (1, 64),
    "black_mean": (0, 100),
    "black_spread": (0, 50),
    "frozen_change": (0, 20),
    "blurred_below": (0, 500),
    "clock_off": (1, 3_600),
    "mend_first": (3_600, 30 * 86_400),
    "mend_second": (3_600, 30 * 86_400),
    "mend_third": (3_600, 30 * 86_400),
}


@transaction.atomic
def set_limits(values: Mapping[str, float], *, actor: Actor, at: datetime) -> None:
    """Set limits anew; those not named stay."""
    _permit(actor)
    if wrong := wrong_ranges(values, RANGES):
        raise Invalid(next(iter(wrong.values())), wrong)
    for name, value in values.items():
        Setting.objects.filter(name=name).update(value=value)
    record("cameras", "limits", "cameras.set_limits", actor=actor.user_id, at=at, facts=values)


@transaction.atomic
def allow_network(cidr: str, *, reason: str, actor: Actor, at: datetime) -> Network:
    """Let cameras in a network be asked; nothing outside such networks is ever connected to."""
    _permit(actor)
    try:
        net = ipaddress.ip_network(cidr.strip())
    except ValueError:
        text = _("Write a network such as 10.20.0.0/16.")
        raise Invalid(text, {"cidr": text}) from None
    if net.prefixlen < (8 if net.version == 4 else 32):
        text = _("This network is too large: name the part where cameras are.")
        raise Invalid(text, {"cidr": text})
    reason = reason.strip()
    if not 0 < len(reason) <= 120:
        text = _("Say what it is, in at most 120 characters.")
        raise Invalid(text, {"reason": text})
    network, _made = Network.objects.update_or_create(
        cidr=str(net), defaults={"reason": reason, "at": at}
    )
    facts = {"network": str(net)}
    record("cameras", "networks", "cameras.allow_network", actor=actor.user_id, at=at, facts=facts)
    return network


@transaction.atomic
def forbid_network(cidr: str, *, actor: Actor, at: datetime) -> None:
    """Ask nothing in this network any more; its cameras are then found out of reach."""
    _permit(actor)
    removed, _kinds = Network.objects.filter(pk=cidr).delete()
    if not removed:
        raise NotFound(_("There is no such network here."))
    facts = {"network": cidr}
    record("cameras", "networks", "cameras.forbid_network", actor=actor.user_id, at=at, facts=facts)


def _permit(actor: Actor) -> None:
    if not may_set_up(actor):
        raise NotPermitted(_("The city's administrators set this up."))
