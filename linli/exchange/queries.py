"""Reads of subscriptions and their log."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import Actor
from linli.cases.lifecycle import OPEN
from linli.cases.models import Case
from linli.cases.policy import visible_to
from linli.exchange.models import AllowedHost, Attempt, CalendarFeed, Delivery, Subscription
from linli.exchange.policy import managed_by
from linli.kernel.crypto import unseal
from linli.kernel.errors import NotFound

LOG = 100
ERRORS: Mapping[str, str | Promise] = {
    "timeout": _("no answer in 10 seconds"),
    "forbidden": _("the name leads into a network that is not allowed"),
    "tls": _("the certificate could not be checked"),
    "connection": _("the connection failed"),
    "name": _("the name was not found"),
    "redirect": _("answered with a redirection, which is not followed"),
    "status": _("answered with an error"),
}


def subscriptions(actor: Actor) -> QuerySet[Subscription]:
    """Return the actor's subscriptions by name, each with how many deliveries wait (``waiting``)."""
    waiting = Count("deliveries", filter=Q(deliveries__next_at__isnull=False))
    found = Subscription.objects.filter(managed_by(actor)).annotate(waiting=waiting)
    return found.order_by("name", "id")


def subscription(actor: Actor, subscription_id: UUID, *, lock: bool = False) -> Subscription:
    """Return one the actor keeps; raises :class:`NotFound`."""
    found = Subscription.objects.filter(managed_by(actor), pk=subscription_id)
    row = (found.select_for_update() if lock else found).first()
    if row is None:
        raise NotFound(_("There is no such webhook in your areas."))
    return row


def log(row: Subscription, size: int = LOG) -> Sequence[Delivery]:
    """Return the latest deliveries with their attempts, the latest first."""
    found = Delivery.objects.filter(subscription=row).order_by("-id")
    return list(found.prefetch_related("attempts")[:size])


def attempts_of(deliveries: Sequence[Delivery]) -> dict[UUID, list[Attempt]]:
    """Return delivery → its attempts, from what :func:`log` has read."""
    return {one.pk: list(one.attempts.all()) for one in deliveries}


def active() -> QuerySet[Subscription]:
    """Return the subscriptions that are not paused."""
    return Subscription.objects.filter(paused_at=None)


def due(at: datetime) -> list[UUID]:
    """Return the subscriptions that have something to send now."""
    found = active().filter(Q(next_at=None) | Q(next_at__lte=at), deliveries__next_at__lte=at)
    return list(found.values_list("pk", flat=True).distinct())


def next_delivery(row: Subscription, at: datetime) -> Delivery | None:
    """Return what goes first: the oldest that may be sent at this moment."""
    waiting = Delivery.objects.filter(subscription=row, next_at__lte=at)
    return waiting.order_by("id").first()


def allowed_hosts() -> frozenset[str]:
    """Return the hosts that may lie inside a network."""
    return frozenset(AllowedHost.objects.values_list("host", flat=True))


def secrets_of(row: Subscription, at: datetime) -> list[str]:
    """Return the secrets a message is signed with, the newest first."""
    found = [str(unseal(bytes(row.secret), row.pk.bytes))]
    if row.old_secret and row.old_secret_until and row.old_secret_until > at:
        found.append(str(unseal(bytes(row.old_secret), row.pk.bytes)))
    return found


def feed_of(actor: Actor) -> CalendarFeed | None:
    """Return the actor's calendar address, if they have one."""
    return CalendarFeed.objects.filter(user=actor.user_id).first()


def feed_by(digest: bytes) -> CalendarFeed | None:
    """Return the calendar address with this SHA-256, if its person may sign in."""
    found = CalendarFeed.objects.select_related("user").filter(digest=digest)
    return found.filter(user__is_active=True).first()


def old_deliveries(before: datetime, kept: timedelta) -> QuerySet[Delivery]:
    """Return what need not be kept: deliveries older than ``kept``, also what waits at a pause."""
    return Delivery.objects.filter(created_at__lt=before - kept)


def deadlines(actor: Actor, most: int = 500) -> list[Case]:
    """Return the open cases the actor handles, by their deadline."""
    mine = Case.objects.filter(visible_to(actor), handler=actor.user_id, due_at__isnull=False)
    return list(mine.filter(state__in=OPEN).order_by("due_at", "id")[:most])
