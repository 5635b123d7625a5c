"""Routes: which way a shift is to go."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel.ids import new_id
from linli.patrol.models.areas import PatrolArea
from linli.patrol.models.rosters import Shift


class Route(models.Model):
    """The way of one shift.

    ``stops`` is the ordered list: ``{"kind": "street" | a kind of point, "name", "at": minutes of
    the shift's day, "lng", "lat", "metres", "point": id or null, "begins", "ends"}``. ``line`` holds
    [longitude, latitude] pairs (WGS-84), ``stretches`` the map's stretches in order with the minute
    they are reached. ``left`` names what found no place in the shift. ``difference`` is the share of
    its stretches-at-an-hour that no route of the seven nights before had.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shift = models.OneToOneField(Shift, models.CASCADE, related_name="route")
    patrol_area = models.ForeignKey(PatrolArea, models.PROTECT, related_name="routes")
    made_at = models.DateTimeField()
    map = models.CharField(max_length=40)
    seed = models.PositiveBigIntegerField()
    stops = models.JSONField(default=list)
    line = models.JSONField(default=list)
    stretches = models.JSONField(default=list)
    left = models.JSONField(default=list)
    metres = models.PositiveIntegerField(_("metres"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    difference = models.FloatField(null=True)

    class Meta:
        verbose_name = _("patrol route")
        indexes = [models.Index(fields=["patrol_area"], name="patrol_route_area")]

    @property
    def kilometres(self) -> float:
        """Return the length in kilometres, to a tenth."""
        return round(self.metres / 1000, 1)
