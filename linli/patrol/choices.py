"""The closed lists of patrols: what a choice can be, with its word on the page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.patrol import lifecycle


class TeamKind(models.TextChoices):
    """Who walks."""

    POLICE = "police", pgettext_lazy("patrol team", "police")
    AUXILIARY = "auxiliary", pgettext_lazy("patrol team", "auxiliary police")
    GUARDS = "guards", pgettext_lazy("patrol team", "security guards")
    VOLUNTEERS = "volunteers", pgettext_lazy("patrol team", "volunteers")


class TeamMode(models.TextChoices):
    """How a team gets about."""

    FOOT = "foot", _("on foot")
    BICYCLE = "bicycle", _("by bicycle")
    CAR = "car", _("by car")


class BeatKind(models.TextChoices):
    """What the police's own layer holds."""

    ROOM = "room", _("police room")
    DISTRICT = "district", _("police district")


class PlanState(models.TextChoices):
    """States of a roster."""

    DRAFT = lifecycle.DRAFT, pgettext_lazy("roster", "draft")
    PUBLISHED = lifecycle.PUBLISHED, pgettext_lazy("roster", "published")
    DROPPED = lifecycle.DROPPED, pgettext_lazy("roster", "dropped")


class SwapState(models.TextChoices):
    """States of a swap."""

    ASKED = lifecycle.ASKED, pgettext_lazy("swap", "asked")
    AGREED = lifecycle.AGREED, pgettext_lazy("swap", "agreed, waits for the leader")
    GRANTED = lifecycle.GRANTED, pgettext_lazy("swap", "granted")
    REFUSED = lifecycle.REFUSED, pgettext_lazy("swap", "refused")
    WITHDRAWN = lifecycle.WITHDRAWN, pgettext_lazy("swap", "withdrawn")


class PointKind(models.TextChoices):
    """What a check point is."""

    SCHOOL = "school", pgettext_lazy("check point", "school")
    MARKET = "market", pgettext_lazy("check point", "market")
    STATION = "station", pgettext_lazy("check point", "station")
    COMPOUND = "compound", pgettext_lazy("check point", "residential compound")
    HAZARD = "hazard", pgettext_lazy("check point", "place of a hazard")
    OTHER = "other", pgettext_lazy("check point", "other place")


class Way(models.TextChoices):
    """How somebody checked in."""

    POSITION = "position", pgettext_lazy("check-in", "position")
    CODE = "code", pgettext_lazy("check-in", "code on paper")


class Band(models.IntegerChoices):
    """Quarters of a day, in which streets are counted as seen."""

    NIGHT = 0, pgettext_lazy("time of day", "0–6")
    MORNING = 1, pgettext_lazy("time of day", "6–12")
    AFTERNOON = 2, pgettext_lazy("time of day", "12–18")
    EVENING = 3, pgettext_lazy("time of day", "18–24")
