"""How cameras are: the last look, what changed, work orders, and how long there was a picture."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.areas.models import Area, Unit
from linli.cameras import lifecycle
from linli.cameras.choices import Condition, OrderState
from linli.cameras.models.registry import Camera
from linli.kernel.ids import new_id


class Health(models.Model):
    """How a camera was when it was last looked at. Null ``due_at``: nobody looks at it.

    ``detail`` is a word of :data:`linli.cameras.choices.DETAILS`, ``note`` what the other side
    answered. ``clock_off`` is seconds, the camera ahead when positive. ``thumb`` is the last
    picture in 32 by 18 levels of grey, to see whether the next one is another.
    """

    camera = models.OneToOneField(Camera, models.CASCADE, primary_key=True, related_name="health")
    state = models.CharField(_("state"), max_length=14, choices=Condition)
    since = models.DateTimeField()
    looked_at = models.DateTimeField(_("last look"), null=True)
    pictured_at = models.DateTimeField(_("last picture"), null=True)
    detail = models.CharField(max_length=30, blank=True)
    note = models.CharField(max_length=200, blank=True)
    bad_looks = models.PositiveIntegerField(default=0)
    clock_off = models.FloatField(null=True)
    mean = models.FloatField(null=True)
    spread = models.FloatField(null=True)
    change = models.FloatField(null=True)
    sharpness = models.FloatField(null=True)
    thumb = models.BinaryField(null=True)
    # The last piece of a playlist at the last look: a playlist that stands still has the same.
    mark = models.CharField(max_length=32, blank=True)
    due_at = models.DateTimeField(null=True)
    picture_due_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("health of a camera")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=lifecycle.STATES), name="camera_health_known"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="camera_health_due"
            )
        ]


class HealthChange(models.Model):
    """A camera was found in another state than before."""

    camera = models.ForeignKey(Camera, models.CASCADE, related_name="changes")
    at = models.DateTimeField(_("time"))
    before = models.CharField(max_length=14, choices=Condition)
    after = models.CharField(max_length=14, choices=Condition)
    detail = models.CharField(max_length=30, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("change of a camera's health")
        indexes = [
            models.Index(fields=["camera", "-at"], name="camera_change_at"),
            models.Index(fields=["at"], name="camera_change_day"),
        ]


class WorkOrder(models.Model):
    """A camera is to be mended: by its managing unit, within the time its class has.

    It is closed by the next good look, and open again when what was said to be done is not.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    camera = models.ForeignKey(Camera, models.CASCADE, related_name="orders")
    kind = models.CharField(_("fault"), max_length=14, choices=Condition)
    state = models.CharField(_("state"), max_length=6, choices=OrderState, default="open")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("managing unit")
    )
    opened_at = models.DateTimeField(pgettext_lazy("work order", "since"))
    due_at = models.DateTimeField(_("due"))
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField(_("what was done"), max_length=300, blank=True)
    times_undone = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("work order")
        constraints = [
            models.UniqueConstraint(
                fields=["camera"], condition=~Q(state="closed"), name="camera_order_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=lifecycle.ORDER_STATES), name="camera_order_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=lifecycle.BAD), name="camera_order_kind_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=~Q(state="closed"), name="camera_order_waits"
            ),
            models.Index(
                fields=["opened_at"], condition=Q(told_at=None), name="camera_order_untold"
            ),
        ]


class Availability(models.Model):
    """How long the cameras of one owner in one area gave a picture on one day.

    ``seen`` is the seconds in which it was known, over all cameras; ``up`` those with a picture.
    """

    day = models.DateField(_("day"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    cameras = models.PositiveIntegerField(_("cameras"))
    seen = models.BigIntegerField()
    up = models.BigIntegerField()

    class Meta:
        verbose_name = _("availability of cameras")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "area", "owner"], name="camera_availability_once"
            )
        ]
