"""The words of a search."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """How far a search is."""

    WAITING = "waiting", pgettext_lazy("search", "waits for a second person")
    OPEN = "open", pgettext_lazy("search", "searching")
    FOUND = "found", pgettext_lazy("search", "found")
    ENDED = "ended", pgettext_lazy("search", "ended")
    DECLINED = "declined", pgettext_lazy("search", "not opened")


class Category(models.TextChoices):
    """Which statistics the planner begins with."""

    DEMENTIA = "dementia", pgettext_lazy("missing", "elder with dementia")
    ON_FOOT = "dementia_on_foot", pgettext_lazy("missing", "elder with dementia, surely on foot")
    CHILD = "child", pgettext_lazy("missing", "child")
    DISABILITY = "disability", pgettext_lazy("missing", "intellectual disability")
    DESPONDENT = "despondent", pgettext_lazy("missing", "in despair, may harm themselves")
    ADULT = "adult", pgettext_lazy("missing", "other adult at risk")


class Kinship(models.TextChoices):
    """What the reporter is to the person."""

    SPOUSE = "spouse", pgettext_lazy("kinship", "spouse")
    CHILD = "child", pgettext_lazy("kinship", "son or daughter")
    PARENT = "parent", pgettext_lazy("kinship", "father or mother")
    RELATIVE = "relative", pgettext_lazy("kinship", "other relative")
    GUARDIAN = "guardian", pgettext_lazy("kinship", "guardian")
    INSTITUTION = "institution", pgettext_lazy("kinship", "nursing home, hospital or school")


class Sure(models.TextChoices):
    """How sure time and place of the last sighting are; with minutes and metres."""

    EXACT = "exact", pgettext_lazy("last seen", "exactly (a camera, a receipt)")
    GOOD = "good", pgettext_lazy("last seen", "within a quarter of an hour")
    ROUGH = "rough", pgettext_lazy("last seen", "within an hour")


# Seconds the time may be wrong, metres the place may be off.
UNSURE = {Sure.EXACT: (120.0, 30.0), Sure.GOOD: (900.0, 60.0), Sure.ROUGH: (3600.0, 150.0)}


class Outcome(models.TextChoices):
    """What somebody says who looked."""

    SEEN = "seen", pgettext_lazy("search", "seen")
    PERHAPS = "perhaps", pgettext_lazy("search", "perhaps")
    NOT_SEEN = "not_seen", pgettext_lazy("search", "not seen")


class Ending(models.TextChoices):
    """How a search ended."""

    FOUND = "found", pgettext_lazy("search", "the person was found")
    TIME = "time", pgettext_lazy("search", "after 72 hours")
    STOPPED = "stopped", pgettext_lazy("search", "stopped")


class Way(models.TextChoices):
    """What led to the person."""

    FOOTAGE = "footage", pgettext_lazy("found by", "footage")
    STREETS = "streets", pgettext_lazy("found by", "people on the streets")
    CALL = "call", pgettext_lazy("found by", "somebody who called")
    SELF = "self", pgettext_lazy("found by", "came back by themselves")
    OTHER = "other", pgettext_lazy("found by", "another way")


class Told(models.TextChoices):
    """Places that are told of a search, where the person may turn up; values are kinds of premises."""

    HOSPITAL = "hospital", pgettext_lazy("told", "hospital")
    STATION = "transport_station", pgettext_lazy("told", "station")


class Item(models.TextChoices):
    """What is done in the first hour."""

    HOUSE = "house", _("Home searched once more: cupboards, cellar, roof, stairwell, garden")
    PHONE = "phone", _("Called their telephone; last payment and bus card asked about")
    POLICE = "police", _("Police told; number of the report written down")
    PLACES = "places", _("Known places called: former home, former workplace, graves, market, park")
    NEIGHBOURS = "neighbours", _("Neighbours and the compound's gatekeeper asked")
    HOSPITALS = "hospitals", _("Hospitals and rescue stations told")
    STATIONS = "stations", _("Bus and railway stations told")
    WATER = "water", _("Water, building sites and pits nearby looked at")
    TRANSPORT = "transport", _("Taxis and bus lines told")
    COMPOUND = "compound", _("Yards and stairwells of their own compound walked")
    STAYS = "stays", _("Somebody stays at home, in case they come back")
