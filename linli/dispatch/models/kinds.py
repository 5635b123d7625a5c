"""What a city sets: kinds of incident, questions, who is sent, plans, and targets."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Category
from linli.cases.models.case import in_page_language
from linli.dispatch.choices import Priority, Sort, UnitKind
from linli.kernel.ids import new_id


class Capability(models.Model):
    """A skill or a piece of equipment that units may have and run cards may ask for."""

    code = models.CharField(_("code"), max_length=30, primary_key=True)
    sort = models.CharField(_("sort"), max_length=9, choices=Sort)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    retired = models.BooleanField(_("no longer offered"), default=False)

    class Meta:
        ordering = ["sort", "code"]
        verbose_name = _("skill or equipment")

    @property
    def label(self) -> str:
        """Return the name in the language of the page."""
        return in_page_language(self.name, self.name_en)


class IncidentKind(models.Model):
    """What happened. ``category`` is the category its case gets."""

    code = models.CharField(_("code"), max_length=30, primary_key=True)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority)
    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("category of the case"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired = models.BooleanField(_("no longer offered"), default=False)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("kind of incident")
        constraints = [
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="incident_kind_priority"
            )
        ]

    @property
    def label(self) -> str:
        """Return the name in the language of the page."""
        return in_page_language(self.name, self.name_en)


class QuestionCard(models.Model):
    """A question asked about a kind of incident.

    ``answers`` is a list of ``{"code", "name", "name_en", "priority"}``, the priority 1 to 4 or
    null. The most urgent one named by an answer counts; where none names one, the kind's.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.ForeignKey(IncidentKind, models.PROTECT, related_name="questions")
    text = models.CharField(_("question"), max_length=120)
    text_en = models.CharField(_("question in English"), max_length=160, blank=True)
    answers = models.JSONField(_("answers"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired = models.BooleanField(_("no longer offered"), default=False)

    class Meta:
        ordering = ["kind", "position", "id"]
        verbose_name = _("question card")

    @property
    def label(self) -> str:
        """Return the question in the language of the page."""
        return in_page_language(self.text, self.text_en)


class RunCard(models.Model):
    """One line of what is sent to a kind of incident: so many units of a kind that can and have.

    It holds for ``priority`` and everything more urgent.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.ForeignKey(IncidentKind, models.PROTECT, related_name="run_cards")
    priority = models.PositiveSmallIntegerField(_("from priority"), choices=Priority)
    unit_kind = models.CharField(_("kind of unit"), max_length=9, choices=UnitKind)
    count = models.PositiveSmallIntegerField(_("how many"), default=1)
    skills = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    equipment = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["kind", "position", "id"]
        verbose_name = _("run card")
        constraints = [
            models.CheckConstraint(condition=Q(count__range=(1, 20)), name="run_card_count"),
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="run_card_priority"
            ),
        ]


class Plan(models.Model):
    """A plan 预案: who does what in the first minutes of a kind of incident.

    ``area`` is the code it holds for, with all below it; of several the deepest counts.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.ForeignKey(IncidentKind, models.PROTECT, related_name="plans")
    area = models.CharField(_("area"), max_length=15, blank=True, db_collation="C")
    title = models.CharField(_("title"), max_length=80)
    priority = models.PositiveSmallIntegerField(
        _("from priority"), choices=Priority, default=Priority.LOW
    )
    retired = models.BooleanField(_("no longer used"), default=False)

    class Meta:
        ordering = ["kind", "area", "id"]
        verbose_name = _("plan")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "area", "priority"],
                condition=Q(retired=False),
                name="plan_once",
            )
        ]


class PlanStep(models.Model):
    """One line of a plan: who does what, within so many seconds of the incident's opening."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    who = models.CharField(_("who"), max_length=40)
    text = models.CharField(_("what"), max_length=200)
    within = models.PositiveIntegerField(_("within seconds"))

    class Meta:
        ordering = ["plan", "position", "id"]
        verbose_name = _("step of a plan")
        constraints = [
            models.CheckConstraint(condition=Q(within__range=(10, 86_400)), name="step_within")
        ]


class Targets(models.Model):
    """How fast, in seconds, and for which share of incidents (per cent), in an area and below.

    The deepest area counts; the row with an empty ``area`` is where nobody has set anything.
    """

    area = models.CharField(_("area"), max_length=15, primary_key=True, db_collation="C")
    answer = models.PositiveIntegerField(_("answered within"), default=15)
    process = models.PositiveIntegerField(_("first unit sent within"), default=60)
    accept = models.PositiveIntegerField(_("unit accepts within"), default=60)
    arrive_in_town = models.PositiveIntegerField(_("first unit there within, in town"), default=300)
    arrive_outside = models.PositiveIntegerField(_("first unit there within, outside"), default=600)
    share = models.PositiveSmallIntegerField(_("for this share"), default=90)

    class Meta:
        verbose_name = _("targets of dispatch")
        constraints = [
            models.CheckConstraint(condition=Q(share__range=(1, 100)), name="targets_share"),
            models.CheckConstraint(
                condition=Q(
                    answer__range=(1, 3_600), process__range=(1, 3_600), accept__range=(10, 3_600),
                    arrive_in_town__range=(30, 14_400), arrive_outside__range=(30, 14_400),
                ),
                name="targets_sensible",
            ),
        ]  # fmt: skip
