"""The closed lists of an alarm: what a choice can be, with its word on the page."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import pgettext_lazy

from linli.alarms import lifecycle


class State(models.TextChoices):
    """States of the lifecycle, with their words."""

    RINGING = lifecycle.RINGING, pgettext_lazy("alarm", "nobody has answered")
    HANDED_ON = lifecycle.HANDED_ON, pgettext_lazy("alarm", "handed on")
    ANSWERED = lifecycle.ANSWERED, pgettext_lazy("alarm", "answered")
    RESET = lifecycle.RESET, pgettext_lazy("alarm", "reset")


class Verb(models.TextChoices):
    """What happens to an alarm."""

    RAISE = "raise", pgettext_lazy("alarm verb", "raised")
    REPEAT = "repeat", pgettext_lazy("alarm verb", "heard again")
    RING_AGAIN = "ring_again", pgettext_lazy("alarm verb", "rings again")
    ANSWER = "answer", pgettext_lazy("alarm verb", "answer")
    HAND_ON = "hand_on", pgettext_lazy("alarm verb", "hand on")
    CLIMB = "climb", pgettext_lazy("alarm verb", "next desk rung")
    MAKE_CASE = "make_case", pgettext_lazy("alarm verb", "make it a case")
    RESET = "reset", pgettext_lazy("alarm verb", "reset")
    MARK_FALSE = "mark_false", pgettext_lazy("alarm verb", "mark as false alarm")


class Source(models.TextChoices):
    """How an alarm came."""

    HTTP = "http", pgettext_lazy("alarm source", "device")
    MQTT = "mqtt", pgettext_lazy("alarm source", "device (MQTT)")
    CALL = "call", pgettext_lazy("alarm source", "call")
    SMS = "sms", pgettext_lazy("alarm source", "short message")
    CAP = "cap", pgettext_lazy("alarm source", "warning message (CAP)")
    PERSON = "person", pgettext_lazy("alarm source", "colleague")


class Kind(models.TextChoices):
    """What an alarm is about."""

    ONE_KEY = "one_key", pgettext_lazy("alarm kind", "one-key alarm")
    HELP = "help", pgettext_lazy("alarm kind", "call for help")
    VIOLENCE = "violence", pgettext_lazy("alarm kind", "violence")
    FIRE = "fire", pgettext_lazy("alarm kind", "fire")
    MEDICAL = "medical", pgettext_lazy("alarm kind", "medical emergency")
    ACCIDENT = "accident", pgettext_lazy("alarm kind", "accident")
    GAS = "gas", pgettext_lazy("alarm kind", "gas")
    WATER = "water", pgettext_lazy("alarm kind", "water or flood")
    INTRUSION = "intrusion", pgettext_lazy("alarm kind", "intrusion")
    MISSING = "missing", pgettext_lazy("alarm kind", "missing person")
    SENSOR = "sensor", pgettext_lazy("alarm kind", "sensor")
    WARNING = "warning", pgettext_lazy("alarm kind", "warning")
    OTHER = "other", pgettext_lazy("alarm kind", "other")


class Severity(models.IntegerChoices):
    """How grave; the lower comes first."""

    DANGER = 1, pgettext_lazy("alarm severity", "danger to life")
    SERIOUS = 2, pgettext_lazy("alarm severity", "serious")
    NOTICE = 3, pgettext_lazy("alarm severity", "to be looked at")


SEVERITY: Mapping[str, Severity] = {
    Kind.ONE_KEY: Severity.DANGER,
    Kind.HELP: Severity.DANGER,
    Kind.VIOLENCE: Severity.DANGER,
    Kind.FIRE: Severity.DANGER,
    Kind.MEDICAL: Severity.DANGER,
    Kind.ACCIDENT: Severity.DANGER,
    Kind.GAS: Severity.DANGER,
    Kind.WATER: Severity.SERIOUS,
    Kind.INTRUSION: Severity.SERIOUS,
    Kind.MISSING: Severity.SERIOUS,
    Kind.SENSOR: Severity.SERIOUS,
    Kind.WARNING: Severity.SERIOUS,
    Kind.OTHER: Severity.NOTICE,
}
LIGHTS: Mapping[int, str] = {
    Severity.DANGER: "red",
    Severity.SERIOUS: "yellow",
    Severity.NOTICE: "blue",
}


class Outcome(models.TextChoices):
    """What it turned out to be, said at the reset."""

    REAL = "real", pgettext_lazy("alarm outcome", "real")
    FALSE = "false", pgettext_lazy("alarm outcome", "false alarm")
    TEST = "test", pgettext_lazy("alarm outcome", "test")


class Refusal(models.TextChoices):
    """Why a device's message was not taken."""

    UNKNOWN = "unknown", pgettext_lazy("refused message", "no such device")
    UNSIGNED = "unsigned", pgettext_lazy("refused message", "no signature")
    FORGED = "forged", pgettext_lazy("refused message", "wrong signature")
    REUSED = "reused", pgettext_lazy("refused message", "number used for another message")
    REPLAYED = "replayed", pgettext_lazy("refused message", "sent again long after")
    TOO_OLD = "too_old", pgettext_lazy("refused message", "too old")
    FUTURE = "future", pgettext_lazy("refused message", "from the future: the clock is wrong")
    MALFORMED = "malformed", pgettext_lazy("refused message", "can't be read")
    TOO_LARGE = "too_large", pgettext_lazy("refused message", "too large")
    FLOOD = "flood", pgettext_lazy("refused message", "too many at once")
    RETIRED = "retired", pgettext_lazy("refused message", "device is not in service")
