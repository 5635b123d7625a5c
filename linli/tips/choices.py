"""The closed lists of a tip."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TipKind(models.TextChoices):
    """What a tip can be about."""

    FRAUD = "fraud", _("fraud")
    ORGANISED = "organised", _("organised crime")
    DRUGS = "drugs", _("drugs")
    GAMBLING = "gambling", _("gambling")
    MISCONDUCT = "misconduct", _("misconduct of an official")
    SAFETY = "safety", _("grave danger")
    OTHER = "other", pgettext_lazy("tip", "other")


class TipState(models.TextChoices):
    """Nobody has read it, somebody has, it is done."""

    NEW = "new", pgettext_lazy("tip", "new")
    READ = "read", pgettext_lazy("tip", "read")
    DONE = "done", pgettext_lazy("tip", "done")


class MessageKind(models.TextChoices):
    """The giver adds, the unit answers, the unit notes for itself."""

    ADDITION = "addition", _("added by the giver")
    ANSWER = "answer", _("answer")
    NOTE = "note", pgettext_lazy("tip", "note")
