"""What reading knows: words that point to categories, urgencies and places; models; lessons."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.areas.models import Area
from linli.cases.choices import Kind, Urgency
from linli.cases.models import Case, Category
from linli.kernel.ids import new_id


class Keyword(models.Model):
    """A word that points to a category; without one, to a kind as a whole."""

    word = models.CharField(_("word"), max_length=30)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    category = models.ForeignKey(
        Category, models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    weight = models.PositiveSmallIntegerField(_("weight"), default=2)

    class Meta:
        verbose_name = _("word")
        constraints = [
            models.UniqueConstraint(
                fields=["category", "word"], name="keyword_once",
                condition=Q(category__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["kind", "word"], condition=Q(category=None), name="keyword_kind_once"
            ),
            models.CheckConstraint(
                condition=Q(weight__range=(1, 3)), name="keyword_weight_1_to_3"
            ),
        ]  # fmt: skip


class UrgencyWord(models.Model):
    """A word that makes a matter urgent, and how."""

    word = models.CharField(_("word"), max_length=30, unique=True)
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency)

    class Meta:
        verbose_name = _("urgency word")


class PlaceAlias(models.Model):
    """What people call an area, a street or a landmark in it."""

    alias = models.CharField(_("name people use"), max_length=40)
    area = models.ForeignKey(Area, models.CASCADE, related_name="+", verbose_name=_("area"))

    class Meta:
        verbose_name = _("place name")
        constraints = [models.UniqueConstraint(fields=["alias", "area"], name="alias_once")]


class Policy(models.Model):
    """The one row of settings: how sure a proposal must be, in percent; below it we ask."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    threshold = models.PositiveSmallIntegerField(_("ask below (percent)"), default=60)


class Version(models.Model):
    """A model learned from the city's handled cases, with the quality measured on cases kept apart.

    ``stored`` is what :meth:`linli.reading.classifier.Classifier.to_bytes` gave: arrays, nothing
    that could be run; emptied when the version is old. ``quality`` has the figures of each category.
    """

    number = models.PositiveIntegerField(_("version"), primary_key=True)
    made_at = models.DateTimeField(_("made"))
    learned_from = models.PositiveIntegerField(_("cases learned from"))
    tested_on = models.PositiveIntegerField(_("cases tested on"))
    until = models.DateTimeField(_("newest case"))
    accuracy = models.FloatField(_("right"))
    macro_f1 = models.FloatField(_("macro-F1"))
    rules_accuracy = models.FloatField(_("rules right"))
    quality = models.JSONField(default=dict)
    stored = models.BinaryField()
    digest = models.CharField(max_length=64)
    switched_on_at = models.DateTimeField(_("switched on"), null=True)
    switched_off_at = models.DateTimeField(_("switched off"), null=True)

    class Meta:
        verbose_name = _("version")
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(switched_on_at__isnull=False, switched_off_at=None),
                name="version_one_on",
            )
        ]


class Proposed(models.Model):
    """What is proposed for a case that came without a category; goes when somebody has decided."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="+")
    made_at = models.DateTimeField()
    # Field → value, confidence, words, source: see linli.reading.proposal.Part.
    parts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(null=True)


class Field(models.TextChoices):
    """What a proposal is about."""

    KIND = "kind", _("kind")
    CATEGORY = "category", _("category")
    AREA = "area", _("area")
    URGENCY = "urgency", _("urgency")


class Lesson(models.Model):
    """What was proposed for a field of a case and what the person chose: codes, never text.

    ``version`` is the model that proposed a category, None for the rules.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    field = models.CharField(max_length=8, choices=Field)
    proposed = models.CharField(max_length=30)
    chosen = models.CharField(max_length=30)
    confidence = models.FloatField()
    version = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "field"], name="lesson_once")]
        indexes = [models.Index(fields=["at"], name="lesson_at")]
