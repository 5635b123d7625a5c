"""The closed lists of dispatch: what a choice can be, with its word on the page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.dispatch import lifecycle


class State(models.TextChoices):
    """States of an incident."""

    OPEN = lifecycle.OPEN, pgettext_lazy("incident", "open")
    CLOSED = lifecycle.CLOSED, pgettext_lazy("incident", "closed")
    MERGED = lifecycle.MERGED, pgettext_lazy("incident", "merged")
    ENDED = lifecycle.ENDED, pgettext_lazy("incident", "ended otherwise")


class Priority(models.IntegerChoices):
    """How fast: 1 before everything else."""

    CRITICAL = 1, pgettext_lazy("priority", "critical")
    URGENT = 2, pgettext_lazy("priority", "urgent")
    NORMAL = 3, pgettext_lazy("priority", "normal")
    LOW = 4, pgettext_lazy("priority", "low")


class UnitKind(models.TextChoices):
    """What can be sent, or asked."""

    PATROL = "patrol", _("patrol team")
    EMERGENCY = "emergency", _("emergency team")
    EXPERT = "expert", _("expert")
    VOLUNTEER = "volunteer", _("volunteers")
    POLICE = "police", _("liaison at the police")
    FIRE = "fire", _("liaison at the fire brigade")
    MEDICAL = "medical", _("liaison at the medical service")


# A desk that is asked, and may be asked by several at once; everybody else is sent to one place.
LIAISONS = frozenset({UnitKind.POLICE, UnitKind.FIRE, UnitKind.MEDICAL})


class Status(models.TextChoices):
    """What a unit is doing."""

    OFF_DUTY = lifecycle.OFF_DUTY, pgettext_lazy("unit", "off duty")
    AVAILABLE = lifecycle.AVAILABLE, pgettext_lazy("unit", "available")
    OUT_OF_SERVICE = lifecycle.OUT_OF_SERVICE, pgettext_lazy("unit", "out of service")
    ASSIGNED = lifecycle.ASSIGNED, pgettext_lazy("unit", "assigned")
    EN_ROUTE = lifecycle.EN_ROUTE, pgettext_lazy("unit", "on the way")
    AT_SCENE = lifecycle.AT_SCENE, pgettext_lazy("unit", "at the scene")


class Answer(models.TextChoices):
    """States of an assignment."""

    ASSIGNED = lifecycle.ASSIGNED, pgettext_lazy("assignment", "assigned")
    ACCEPTED = lifecycle.ACCEPTED, pgettext_lazy("assignment", "accepted")
    EN_ROUTE = lifecycle.EN_ROUTE, pgettext_lazy("assignment", "on the way")
    ARRIVED = lifecycle.ARRIVED, pgettext_lazy("assignment", "arrived")
    DONE = lifecycle.DONE, pgettext_lazy("assignment", "done")
    DECLINED = lifecycle.DECLINED, pgettext_lazy("assignment", "declined")
    RECALLED = lifecycle.RECALLED, pgettext_lazy("assignment", "recalled")


class Result(models.TextChoices):
    """How an incident ended."""

    HANDLED = "handled", pgettext_lazy("result", "handled")
    HANDED_ON = "handed_on", pgettext_lazy("result", "handed to police, fire brigade or doctors")
    FALSE_ALARM = "false_alarm", pgettext_lazy("result", "false alarm")
    TEST = "test", pgettext_lazy("result", "test or drill")


class Sort(models.TextChoices):
    """What a unit can, and what it has with it."""

    SKILL = "skill", _("skill")
    EQUIPMENT = "equipment", _("equipment")


class ClockKind(models.TextChoices):
    """What a running clock waits for."""

    PROCESS = "process", pgettext_lazy("dispatch clock", "first unit sent")
    ACCEPT = "accept", pgettext_lazy("dispatch clock", "unit accepts")
    ARRIVE = "arrive", pgettext_lazy("dispatch clock", "first unit at the scene")
    STEP = "step", pgettext_lazy("dispatch clock", "step of the plan")


class Verb(models.TextChoices):
    """What stands in the timeline, as a past tense."""

    OPEN = "open", pgettext_lazy("timeline", "opened")
    ANSWER_CARDS = "answer_cards", pgettext_lazy("timeline", "questions answered")
    SET_PRIORITY = "set_priority", pgettext_lazy("timeline", "priority changed")
    ADD_REPORT = "add_report", pgettext_lazy("timeline", "another report")
    ASSIGN = "assign", pgettext_lazy("timeline", "unit assigned")
    NEED_NONE = "need_none", pgettext_lazy("timeline", "no unit needed")
    ACCEPT = "accept", pgettext_lazy("timeline", "accepted")
    SET_OUT = "set_out", pgettext_lazy("timeline", "on the way")
    ARRIVE = "arrive", pgettext_lazy("timeline", "arrived")
    FINISH = "finish", pgettext_lazy("timeline", "done")
    ASK_HELP = "ask_help", pgettext_lazy("timeline", "needs help")
    DECLINE = "decline", pgettext_lazy("timeline", "declined")
    RECALL = "recall", pgettext_lazy("timeline", "recalled")
    TICK = "tick", pgettext_lazy("timeline", "step done")
    LATE = "late", pgettext_lazy("timeline", "time is up")
    REMARK = "remark", pgettext_lazy("timeline", "note")
    REPORT = "report", pgettext_lazy("timeline", "situation report")
    HAND_OVER = "hand_over", pgettext_lazy("timeline", "handed over")
    CALL_EXPERT = "call_expert", pgettext_lazy("timeline", "expert called")
    EXPERT_SAID = "expert_said", pgettext_lazy("timeline", "answer of an expert")
    ASK_SUPPLIES = "ask_supplies", pgettext_lazy("timeline", "supplies asked for")
    MERGE = "merge", pgettext_lazy("timeline", "merged")
    CLOSE = "close", pgettext_lazy("timeline", "closed")
    REVIEW = "review", pgettext_lazy("timeline", "review written")
    END = "end", pgettext_lazy("timeline", "the case went another way")
    REOPEN = "reopen", pgettext_lazy("timeline", "taken up again")
