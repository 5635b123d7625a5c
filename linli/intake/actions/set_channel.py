"""Set up a source, change it, switch it, remove it: administrators, within their areas."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import RoleKind
from linli.areas.queries import area as find_area
from linli.areas.queries import lowest_post
from linli.audit.record import record
from linli.cases.choices import Kind
from linli.intake.actions.choose import check_layout
from linli.intake.channel_models import ChannelKind, Source
from linli.intake.channels import directory
from linli.intake.layout import Layout
from linli.intake.queries.channels import source_for
from linli.intake.queries.mappings import mapping_named
from linli.kernel.crypto import seal
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from linli.kernel.ids import new_id

PREFIX = "linli_in_"
# What each kind of source is asked for, beside name, area and kind of matter.
OPTIONS: Mapping[str, tuple[str, ...]] = {
    ChannelKind.MAILBOX: ("host", "port", "security", "user", "folder"),
    ChannelKind.FOLDER: ("directory", "mapping"),
    ChannelKind.HOOK: (),
}


@transaction.atomic
def add_source(
    channel: str, given: Mapping[str, Any], *, actor: Actor, at: datetime
) -> tuple[Source, str]:
    """Save a source as its form gives it; a webhook's token is returned, to be shown this once."""
    if channel not in ChannelKind.values:
        raise NotFound(_("There is no such kind of source."))
    source = Source(id=new_id(), channel=channel, created_at=at)
    _write(source, given, actor)
    token = _renew(source) if channel == ChannelKind.HOOK else ""
    source.save(force_insert=True)
    _record("channel.add", source, actor, at)
    return source, token


@transaction.atomic
def change_source(
    source_id: UUID, given: Mapping[str, Any], *, actor: Actor, at: datetime
) -> Source:
    """Write a source anew. A mailbox on another server needs its password typed again."""
    source = source_for(actor, source_id, lock=True)
    before = (source.options.get("host"), source.options.get("user"))
    _write(source, given, actor)
    moved = before != (source.options.get("host"), source.options.get("user"))
    if source.channel == ChannelKind.MAILBOX and moved:
        if not given.get("password"):
            reason = _("Type the password again: the mailbox is another one.")
            raise Invalid(reason, {"password": reason})
        source.state = {}
    source.failure = ""
    source.save()
    _record("channel.change", source, actor, at)
    return source


@transaction.atomic
def switch_source(source_id: UUID, *, on: bool, actor: Actor, at: datetime) -> Source:
    """Let a source be read, or no longer."""
    source = source_for(actor, source_id, lock=True)
    source.is_on = on
    source.save(update_fields=["is_on"])
    _record("channel.switch_on" if on else "channel.switch_off", source, actor, at)
    return source


@transaction.atomic
def renew_token(source_id: UUID, *, actor: Actor, at: datetime) -> tuple[Source, str]:
    """Return a webhook with a fresh token, shown this once; the old one ends."""
    source = source_for(actor, source_id, lock=True)
    if source.channel != ChannelKind.HOOK:
        raise NotFound(_("There is no such source in your areas."))
    token = _renew(source)
    source.save(update_fields=["digest"])
    _record("channel.renew_token", source, actor, at)
    return source, token


@transaction.atomic
def map_source(
    source_id: UUID, columns: Mapping[str, str], *, actor: Actor, at: datetime
) -> Source:
    """Say which path of a webhook's JSON is which field."""
    source = source_for(actor, source_id, lock=True)
    layout = Layout(columns={path: name for path, name in columns.items() if name})
    check_layout(layout)
    source.options = {**source.options, "layout": layout.kept()}
    source.save(update_fields=["options"])
    _record("channel.map", source, actor, at)
    return source


@transaction.atomic
def remove_source(source_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Remove a source with its log; the cases it brought stay."""
    source = source_for(actor, source_id, lock=True)
    _record("channel.remove", source, actor, at)
    source.delete()


def digest_of(token: str) -> bytes:
    """Return the 32 bytes under which a token is stored."""
    return hashlib.sha256(token.encode()).digest()


def _renew(source: Source) -> str:
    token = PREFIX + secrets.token_urlsafe(32)
    source.digest = digest_of(token)
    return token


def _write(source: Source, given: Mapping[str, Any], actor: Actor) -> None:
    area = find_area(str(given.get("area", ""))).code
    if not actor.reaches(area, {RoleKind.ADMINISTRATOR}):
        raise NotPermitted(_("Only an administrator of this area can do this."))
    lowest_post(area)
    wrong = _wrong(source, given)
    if wrong:
        raise Invalid(_("The source was not saved."), wrong)
    source.name, source.area = str(given["name"]).strip(), area
    kept = {name: given[name] for name in (*OPTIONS[source.channel], "kind")}
    source.options = {**source.options, **kept}
    if given.get("password"):
        source.secret = seal(given["password"], source.pk.bytes)
    if source.channel == ChannelKind.FOLDER:
        directory.prepare(kept["directory"])


def _wrong(source: Source, given: Mapping[str, Any]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not 0 < len(str(given.get("name", "")).strip()) <= 60:
        wrong["name"] = _("Write what it is, 60 characters at most.")
    if given.get("kind") not in Kind.values:
        wrong["kind"] = _("Choose one of the list.")
    if source.channel == ChannelKind.MAILBOX:
        if not source.secret and not given.get("password"):
            wrong["password"] = _("The password is missing.")
        if given.get("security") not in ("tls", "starttls"):
            wrong["security"] = _("Choose one of the list.")
    elif source.channel == ChannelKind.FOLDER:
        if not directory.NAME.fullmatch(str(given.get("directory", ""))):
            wrong["directory"] = _("Letters, digits, - and _ only, 40 at most.")
        if name := given.get("mapping"):
            try:
                mapping_named(name)
            except NotFound as refusal:
                wrong["mapping"] = str(refusal.reason)
    return wrong


def _record(event: str, source: Source, actor: Actor, at: datetime) -> None:
    facts = {"area": source.area, "channel": source.channel}
    record("source", source.pk, event, actor=actor.user_id, at=at, facts=facts)
