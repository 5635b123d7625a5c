"""Inspections with their check lists, the hazards they found, and drills."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case
from linli.cases.models.case import in_page_language
from linli.kernel.ids import new_id
from linli.premises.choices import DrillSubject, HazardState, InspectionKind
from linli.premises.models.premises import Premises, PremisesKind


class CheckItem(models.Model):
    """One line of the check list of a kind; ``mend_days`` is how long a hazard found here may last."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.ForeignKey(PremisesKind, models.CASCADE, related_name="check_items")
    text = models.CharField(_("what to look at"), max_length=120)
    text_en = models.CharField(_("what to look at, in English"), max_length=160, blank=True)
    category = models.CharField(_("category of hazard"), max_length=30, default="other_hazard")
    mend_days = models.PositiveSmallIntegerField(_("days to mend it"), default=15)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    retired = models.BooleanField(_("no longer offered"), default=False)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("item of a check list")

    @property
    def label(self) -> str:
        """Return what to look at in the language of the page; the answer keeps the city's own."""
        return in_page_language(self.text, self.text_en)


class Inspection(models.Model):
    """One visit with the check list. What was found stands in its answers; it never changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="inspections")
    kind = models.CharField(_("inspection"), max_length=8, choices=InspectionKind)
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=500, blank=True)
    faults = models.PositiveSmallIntegerField(_("hazards found"), default=0)

    class Meta:
        verbose_name = _("inspection")
        indexes = [models.Index("premises", F("at").desc(), name="inspection_of")]


class Answer(models.Model):
    """One line as it was answered; ``text`` is what the list said that day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="+", db_index=False)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="answers")
    text = models.CharField(max_length=120)
    fine = models.BooleanField(_("all right"))
    note = models.CharField(_("note"), max_length=500, blank=True)


class Hazard(models.Model):
    """Something that must be mended. It has a case from its first moment, and the two never disagree.

    ``rule`` is empty for what somebody saw, else the rule that raised it. After a merge several may
    share a case.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="hazards")
    inspection = models.ForeignKey(Inspection, models.PROTECT, null=True, related_name="hazards")
    rule = models.CharField(max_length=20, blank=True)
    text = models.CharField(_("hazard"), max_length=120)
    note = models.CharField(_("note"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=HazardState)
    found_at = models.DateTimeField(_("found"))
    due_on = models.DateField(_("to be mended by"))
    closed_at = models.DateTimeField(_("closed"), null=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="hazards")

    class Meta:
        verbose_name = _("hazard")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=HazardState.values), name="hazard_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False),
                name="hazard_closed_has_time",
            ),
            # A rule raises the same thing once until it is closed.
            models.UniqueConstraint(
                fields=["premises", "rule"],
                condition=Q(state__in=["open", "mended"]) & ~Q(rule=""),
                name="hazard_rule_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(state__in=["open", "mended"]),
                name="hazard_pending",
            )
        ]


class Look(models.Model):
    """Somebody went to look at a hazard again. Never changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="+", db_index=False)
    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="looks")
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    mended = models.BooleanField(_("mended"))
    note = models.CharField(_("note"), max_length=500, blank=True)


class Drill(models.Model):
    """A rehearsal: planned for a day, held with so many people, with what was learned."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="drills")
    subject = models.CharField(_("drill"), max_length=10, choices=DrillSubject)
    planned_on = models.DateField(_("planned for"))
    held_on = models.DateField(_("held on"), null=True, blank=True)
    participants = models.PositiveIntegerField(_("people who took part"), null=True, blank=True)
    findings = models.CharField(_("what was learned"), max_length=1000, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("drill")
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on=None) | Q(cancelled_at=None, participants__gte=1),
                name="drill_held_by_somebody",
            )
        ]
