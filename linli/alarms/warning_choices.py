"""The closed lists of warnings: values as CAP 1.2 has them, with their words on the page."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import pgettext_lazy


class InletSort(models.TextChoices):
    """What comes in through a door for messages."""

    SMS = "sms", pgettext_lazy("alarm inlet", "short messages")
    CAP = "cap", pgettext_lazy("alarm inlet", "warnings (CAP 1.2)")


class WarningState(models.TextChoices):
    """Where a warning stands. What was issued stays issued: another message updates or cancels it."""

    DRAFT = "draft", pgettext_lazy("warning", "waits for a second person")
    ISSUED = "issued", pgettext_lazy("warning", "issued")
    REFUSED = "refused", pgettext_lazy("warning", "not issued")


class WarningType(models.TextChoices):
    """What a message is."""

    ALERT = "Alert", pgettext_lazy("warning", "new warning")
    UPDATE = "Update", pgettext_lazy("warning", "update")
    CANCEL = "Cancel", pgettext_lazy("warning", "cancellation")


class Category(models.TextChoices):
    """What a warning is about."""

    MET = "Met", pgettext_lazy("warning category", "weather")
    GEO = "Geo", pgettext_lazy("warning category", "earth and landslides")
    SAFETY = "Safety", pgettext_lazy("warning category", "public safety")
    SECURITY = "Security", pgettext_lazy("warning category", "law and order")
    RESCUE = "Rescue", pgettext_lazy("warning category", "rescue")
    FIRE = "Fire", pgettext_lazy("warning category", "fire")
    HEALTH = "Health", pgettext_lazy("warning category", "health")
    ENV = "Env", pgettext_lazy("warning category", "environment")
    TRANSPORT = "Transport", pgettext_lazy("warning category", "traffic")
    INFRA = "Infra", pgettext_lazy("warning category", "water, power, gas, heat, networks")
    CBRNE = "CBRNE", pgettext_lazy("warning category", "dangerous substances")
    OTHER = "Other", pgettext_lazy("warning category", "other")


class Urgency(models.TextChoices):
    """How soon to act."""

    IMMEDIATE = "Immediate", pgettext_lazy("warning urgency", "at once")
    EXPECTED = "Expected", pgettext_lazy("warning urgency", "within an hour")
    FUTURE = "Future", pgettext_lazy("warning urgency", "soon")
    PAST = "Past", pgettext_lazy("warning urgency", "no longer")


class WarningSeverity(models.TextChoices):
    """How grave; each with the colour of Chinese warnings."""

    EXTREME = "Extreme", pgettext_lazy("warning severity", "red (extreme)")
    SEVERE = "Severe", pgettext_lazy("warning severity", "orange (severe)")
    MODERATE = "Moderate", pgettext_lazy("warning severity", "yellow (moderate)")
    MINOR = "Minor", pgettext_lazy("warning severity", "blue (minor)")


class Certainty(models.TextChoices):
    """How sure."""

    OBSERVED = "Observed", pgettext_lazy("warning certainty", "it has happened")
    LIKELY = "Likely", pgettext_lazy("warning certainty", "likely")
    POSSIBLE = "Possible", pgettext_lazy("warning certainty", "possible")


class Response(models.TextChoices):
    """What people should do."""

    SHELTER = "Shelter", pgettext_lazy("warning response", "take shelter")
    EVACUATE = "Evacuate", pgettext_lazy("warning response", "leave the place")
    PREPARE = "Prepare", pgettext_lazy("warning response", "get ready")
    EXECUTE = "Execute", pgettext_lazy("warning response", "do as agreed")
    AVOID = "Avoid", pgettext_lazy("warning response", "keep away")
    MONITOR = "Monitor", pgettext_lazy("warning response", "follow the news")
    ALL_CLEAR = "AllClear", pgettext_lazy("warning response", "the danger is over")
    NONE = "None", pgettext_lazy("warning response", "nothing")


LIGHTS: Mapping[str, str] = {
    WarningSeverity.EXTREME: "red",
    WarningSeverity.SEVERE: "red",
    WarningSeverity.MODERATE: "yellow",
    WarningSeverity.MINOR: "blue",
}
