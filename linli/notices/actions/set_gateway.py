"""Set gateway: a way out of the house, its secrets sealed; secrets left empty stay as they were."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.models import Unit
from linli.audit.record import record
from linli.kernel.crypto import seal, unseal
from linli.kernel.errors import Invalid, NotFound
from linli.notices.channels.sms import FORMS
from linli.notices.lifecycle import CHOSEN, ROBOT, SMS, VOICE
from linli.notices.models import Gateway, Message
from linli.notices.policy import permit_keeping
from linli.notices.queries.setup import ROBOTS

# Sort → what may be read, what is sealed; the first of each must be there.
PLAIN: Mapping[str, tuple[str, ...]] = {
    "mail": ("host", "port", "security", "username", "sender"),
    "sms": ("url", "form", "body", "headers", "expect"),
    "voice": ("url", "form", "body", "headers", "expect"),
    "wecom": (),
    "dingtalk": (),
}
SECRET: Mapping[str, tuple[str, ...]] = {
    "mail": ("password",),
    "sms": ("token",),
    "voice": ("token",),
    "wecom": ("url",),
    "dingtalk": ("url", "signing"),
}
SECURITY = ("none", "starttls", "tls")
_SENDER = re.compile(r"[^\r\n<>@]*(<[^\r\n<>@\s]+@[^\r\n<>@\s]+>)|[^\r\n<>@\s]+@[^\r\n<>@\s]+")


@dataclass(frozen=True, slots=True)
class GatewayData:
    """What an administrator enters about a gateway; ``given`` holds the fields of its sort."""

    name: str
    given: Mapping[str, str]
    is_on: bool = True
    unit: UUID | None = None
    kinds: Collection[str] = field(default_factory=tuple)


@transaction.atomic
def add_gateway(sort: str, data: GatewayData, *, actor: Actor, at: datetime) -> Gateway:
    """Save a new gateway of ``sort``."""
    permit_keeping(actor)
    if sort not in PLAIN:
        raise Invalid(_("There is no such gateway."))
    gateway = Gateway(sort=sort, secret=b"")
    _fill(gateway, data, {})
    gateway.save(force_insert=True)
    _record(gateway, "notice.add_gateway", actor, at)
    return gateway


@transaction.atomic
def change_gateway(gateway_id: UUID, data: GatewayData, *, actor: Actor, at: datetime) -> Gateway:
    """Change a gateway; it is tried at once, whatever it did before."""
    gateway = locked(gateway_id, actor)
    _fill(gateway, data, unseal(gateway.secret, gateway.pk.bytes))
    gateway.failures, gateway.paused_until, gateway.last_error = 0, None, ""
    gateway.save()
    _record(gateway, "notice.change_gateway", actor, at)
    return gateway


@transaction.atomic
def remove_gateway(gateway_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Remove a gateway; a robot's waiting messages stay in the outbox."""
    gateway = locked(gateway_id, actor)
    waiting = Message.objects.filter(gateway=gateway, state="queued", channel=ROBOT)
    waiting.update(state="outbox", ended_at=at)
    _record(gateway, "notice.remove_gateway", actor, at)
    gateway.delete()


def locked(gateway_id: UUID, actor: Actor) -> Gateway:
    """Return a gateway the actor may change, its row locked."""
    permit_keeping(actor)
    gateway = Gateway.objects.select_for_update().filter(pk=gateway_id).first()
    if gateway is None:
        raise NotFound(_("There is no such gateway."))
    return gateway


def _fill(gateway: Gateway, data: GatewayData, before: Mapping[str, str]) -> None:
    gateway.name, gateway.is_on = data.name.strip(), data.is_on
    if not gateway.name:
        raise Invalid(_("A name is missing."), {"name": _("Give it a name.")})
    given = {name: data.given.get(name, "").strip() for name in PLAIN[gateway.sort]}
    secret = {
        name: data.given.get(name, "").strip() or before.get(name, "")
        for name in SECRET[gateway.sort]
    }
    _check(gateway.sort, given, secret)
    gateway.plain, gateway.secret = given, seal(secret, gateway.pk.bytes)
    if gateway.sort in ROBOTS:
        _place(gateway, data)


def _place(gateway: Gateway, data: GatewayData) -> None:
    open_units = Unit.objects.filter(closed_on=None)
    unit = open_units.filter(pk=data.unit).first() if data.unit else None
    if unit is None:
        raise Invalid(_("A robot speaks for a unit."), {"unit": _("Choose an open unit.")})
    if unknown := set(data.kinds) - set(CHOSEN):
        raise Invalid(_("There is no such notice."), {"kinds": ", ".join(sorted(unknown))})
    gateway.unit = unit
    gateway.kinds = [kind for kind in CHOSEN if kind in data.kinds]


def _check(sort: str, given: Mapping[str, str], secret: Mapping[str, str]) -> None:
    if sort == "mail":
        _check_mail(given)
        return
    name = "url"
    address = given[name] if sort in (SMS, VOICE) else secret[name]
    if urlsplit(address).scheme not in {"http", "https"} or not urlsplit(address).hostname:
        raise Invalid(_("The address can't be used."), {name: _("Begin with https://")})
    if sort in (SMS, VOICE):
        if given["form"] not in FORMS:
            raise Invalid(_("That is not possible."), {"form": _("Choose a form.")})
        if "{phone}" not in given["body"] or "{text}" not in given["body"]:
            sentence = _("Say where {phone} and {text} go.")
            raise Invalid(sentence, {"body": sentence})


def _check_mail(given: Mapping[str, str]) -> None:
    if not given["host"]:
        raise Invalid(_("The server is missing."), {"host": _("Write its name.")})
    if not given["port"].isdecimal() or not 0 < int(given["port"]) < 65536:
        raise Invalid(_("That is not possible."), {"port": _("A port is a number up to 65,535.")})
    if given["security"] not in SECURITY:
        raise Invalid(_("That is not possible."), {"security": _("Choose one.")})
    if not _SENDER.fullmatch(given["sender"]):
        sentence = _("Write an e-mail address, such as 邻里 <linli@example.gov.cn>.")
        raise Invalid(sentence, {"sender": sentence})


def _record(gateway: Gateway, event: str, actor: Actor, at: datetime) -> None:
    facts = {"sort": gateway.sort, "is_on": gateway.is_on, "unit": gateway.unit_id}
    record("gateway", gateway.pk, event, actor=actor.user_id, at=at, facts=facts)
