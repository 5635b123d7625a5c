"""Reads of warnings to the public."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.alarms.models import PublicWarning, WarningTerms
from linli.alarms.policy import warning_areas
from linli.alarms.warning_choices import WarningState
from linli.kernel.errors import NotFound

MOST_IN_FEED = 100
# So long a message stays in the feed after its end, for readers that were away.
KEPT_IN_FEED = timedelta(days=1)


def terms() -> WarningTerms:
    """Return how the city warns, or how the product begins: as an exercise."""
    return WarningTerms.objects.filter(pk=1).first() or WarningTerms()


def locked_warning(warning_id: UUID) -> PublicWarning:
    """Return a warning with its row locked; the caller asks who may."""
    rows = PublicWarning.objects.select_for_update(of=("self",)).select_related("area")
    found = rows.filter(pk=warning_id).first()
    if found is None:
        raise NotFound(_("There is no such warning."))
    return found


def references_of(warning: PublicWarning) -> list[str]:
    """Return how CAP names the messages this one follows, the oldest first."""
    names: list[str] = []
    earlier = warning.replaces
    while earlier is not None:
        names.insert(0, f"{earlier.sender},{earlier.identifier},{earlier.sent}")
        earlier = earlier.replaces
    return names


def warnings_for(actor: Actor, most: int = 100) -> list[PublicWarning]:
    """Return the warnings of the areas in which the actor warns, drafts first, then the latest."""
    within = Q(pk__in=[])
    for code in warning_areas(actor):
        within |= in_area(code)
    rows = PublicWarning.objects.filter(within).select_related("area", "drafted_by", "decided_by")
    drafts = list(rows.filter(state=WarningState.DRAFT).order_by("-id")[:most])
    return [*drafts, *rows.exclude(state=WarningState.DRAFT).order_by("-decided_at")[:most]]


def warning_for(actor: Actor, warning_id: UUID) -> PublicWarning:
    """Return one warning; raises ``NotFound`` outside the areas in which the actor warns."""
    rows = PublicWarning.objects.select_related("area", "drafted_by", "decided_by", "replaces")
    found = rows.filter(pk=warning_id).first()
    if found is None or not any(found.area_id.startswith(code) for code in warning_areas(actor)):
        raise NotFound(_("There is no such warning."))
    return found


def in_feed(now: datetime) -> list[PublicWarning]:
    """Return what the public feed holds: issued and not long over, the latest first."""
    rows = PublicWarning.objects.filter(state=WarningState.ISSUED).select_related("area")
    rows = rows.filter(expires_at__gt=now - KEPT_IN_FEED)
    return list(rows.order_by("-decided_at")[:MOST_IN_FEED])


def issued(identifier: str) -> PublicWarning | None:
    """Return the issued message of this identifier."""
    rows = PublicWarning.objects.filter(state=WarningState.ISSUED, identifier=identifier)
    return rows.first()
