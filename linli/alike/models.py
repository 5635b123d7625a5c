"""What is kept to find the like: the words of a case, its lesson when solved, patterns of places.

Nothing here is a source: everything is made again from the cases by the worker.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.alike.places import AT
from linli.cases.choices import Kind
from linli.cases.models import Case
from linli.kernel.ids import new_id


class Text(models.Model):
    """The characters and pairs of a case's title, place and description, as numbers.

    ``grams`` are sorted 32-bit numbers, little endian, each once. A text is of the case's
    ``version``; an older one is not used. The area repeats the case's, for row security.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="+")
    version = models.PositiveIntegerField()
    area = models.CharField(max_length=15, db_collation="C")
    # A cell of a few hundred metres, see ``places.cell_of``.
    cell = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField()
    grams = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(
                "cell",
                models.F("opened_at").desc(),
                condition=models.Q(cell__isnull=False),
                name="alike_text_cell",
            )
        ]


class Solved(models.Model):
    """How a case was solved, without personal data: everybody who handles cases may read it.

    ``steps`` are pairs of a verb and the days since the registration. ``keys`` are the rarest of
    the text's pairs, by which it is found. Who may open the case itself is the case's affair.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="+")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    category = models.CharField(max_length=30, blank=True)
    title = models.CharField(_("title"), max_length=120)
    outcome = models.TextField(_("outcome"))
    steps = models.JSONField(default=list)
    level = models.CharField(max_length=10)
    days = models.PositiveIntegerField()
    satisfaction = models.PositiveSmallIntegerField(null=True)
    solved_at = models.DateTimeField()
    grams = models.BinaryField()
    keys = ArrayField(models.IntegerField())

    class Meta:
        verbose_name = _("solved case")
        indexes = [GinIndex(fields=["keys"], fastupdate=False, name="alike_solved_keys")]


class Rarity(models.Model):
    """In how many of ``texts`` cases a character or pair occurs; one row, made again every night.

    Two columns of numbers, little endian: 32-bit grams, sorted, and 32-bit counts.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    made_at = models.DateTimeField()
    texts = models.PositiveIntegerField()
    grams = models.BinaryField()
    counts = models.BinaryField()


class Mark(models.Model):
    """How far the texts were brought; one row.

    ``event`` is the last row of the timeline that was seen. What is older than the first look is
    caught up with from the newest case to the oldest: ``back`` is where that stands, null at the end.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    event = models.UUIDField()
    back = models.UUIDField(null=True)


class Pattern(models.Model):
    """Matters of one category that keep coming back from one place: a place, never a person.

    ``spot`` is a building, street or spot as it was written, or a point (see ``places.spot_of``);
    what is behind a front door (flat, room, household) was cut off before counting.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.CharField(max_length=15, db_collation="C")
    spot = models.CharField(_("place"), max_length=120)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    category = models.CharField(max_length=30)
    cases = models.PositiveIntegerField(_("cases"))
    still_open = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pattern of a place")
        indexes = [
            models.Index(
                "area", models.F("cases").desc(), models.F("id"), name="alike_pattern_area"
            ),
            models.Index(fields=["area", "spot"], name="alike_pattern_spot"),
        ]

    @property
    def place(self) -> str:
        """The place in words; empty where there is only a point."""
        return "" if self.spot.startswith(AT) else self.spot
