"""What goes out: subscriptions, deliveries with their attempts, allowed hosts, calendar feeds."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.ids import new_id


class Subscription(models.Model):
    """An address of another system that is told of events, by patterns, of one area and below.

    ``patterns`` is a list such as ``["case.*", "unit.close"]``. Secrets are sealed under the row's
    id; the one before the last is used beside the new one until ``old_secret_until``. While
    ``failures`` in a row are counted, nothing is sent before ``next_at``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=60)
    url = models.CharField(_("address"), max_length=500)
    patterns = models.JSONField(_("events"), default=list)
    area = models.CharField(_("area"), max_length=15, db_collation="C")
    secret = models.BinaryField()
    old_secret = models.BinaryField(null=True)
    old_secret_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(_("last success"), null=True)
    last_error = models.CharField(_("last error"), max_length=20, blank=True)
    paused_at = models.DateTimeField(null=True)
    paused_by_failure = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("webhook")


class Delivery(models.Model):
    """One event on its way to one subscription. ``body`` is the exact text that is signed and sent.

    It waits until ``next_at`` (null: it is delivered or given up).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subscription = models.ForeignKey(
        Subscription, models.DB_CASCADE, related_name="deliveries", db_index=False
    )
    event = models.CharField(_("event"), max_length=80)
    body = models.TextField()
    created_at = models.DateTimeField()
    tried = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("webhook", "delivery")
        indexes = [
            models.Index(fields=["subscription", "id"], name="delivery_log"),
            models.Index(
                fields=["subscription", "next_at", "id"],
                condition=Q(next_at__isnull=False),
                name="delivery_waits",
            ),
            models.Index(fields=["created_at"], name="delivery_age"),
        ]


class Attempt(models.Model):
    """One try to deliver: when, what the other side answered (HTTP status), or why it never came."""

    delivery = models.ForeignKey(Delivery, models.DB_CASCADE, related_name="attempts")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=20, blank=True)
    milliseconds = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]
        verbose_name = _("attempt")


class AllowedHost(models.Model):
    """A host inside the city's network that may be sent to, and without TLS."""

    host = models.CharField(_("host"), max_length=253, primary_key=True)
    reason = models.CharField(_("what it is"), max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("allowed host")
        ordering = ["host"]


class Position(models.Model):
    """How far one chain of the audit log was read for the subscriptions."""

    chain = models.SmallIntegerField(primary_key=True)
    sequence = models.BigIntegerField()


class CalendarFeed(models.Model):
    """A person's secret calendar address. Only its SHA-256 is kept; a new one replaces the old."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    digest = models.BinaryField(max_length=32, unique=True)
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calendar address")
