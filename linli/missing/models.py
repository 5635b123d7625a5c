"""A search: the report, who is in it, what is believed, what was looked at and walked."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cases.models import Case
from linli.kernel.ids import new_id
from linli.missing.choices import Category, Ending, Item, Outcome, State, Sure, Told, Way
from linli.premises.models import Premises

USER = settings.AUTH_USER_MODEL


class Search(models.Model):
    """The search for one person, on top of an incident.

    What is personal lies in :class:`Person`. ``made_by`` checked kinship and police report;
    ``opened_by`` is somebody else, and so is ``renewed_by`` than ``renewal_by``. Degrees are WGS-84.
    ``consented``: the found adult agreed that the reporter is told where they are.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField(Case, models.PROTECT, related_name="search")
    area = models.CharField(max_length=15, db_collation="C")
    state = models.CharField(_("state"), max_length=10, choices=State)
    category = models.CharField(_("who is missing"), max_length=20, choices=Category)
    is_adult = models.BooleanField(_("of age"))
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)
    seen_at = models.DateTimeField(pgettext_lazy("missing", "last seen"))
    sure = models.CharField(_("how sure"), max_length=6, choices=Sure)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    opened_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    renewal_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    renewed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    renewals = models.PositiveSmallIntegerField(default=0)
    found_at = models.DateTimeField(null=True)
    found_by = models.CharField(_("found by"), max_length=10, choices=Way, blank=True)
    consented = models.BooleanField(null=True)
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=10, choices=Ending, blank=True)
    # Numbers for the record, which stay: clips, minutes, sightings, streets.
    record = models.JSONField(default=dict)
    erased_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("missing", "search")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="search_state_known"),
            models.CheckConstraint(
                condition=Q(opened_by=None) | ~Q(opened_by=F("made_by")), name="search_two_open"
            ),
            models.CheckConstraint(
                condition=Q(renewed_by=None) | Q(renewal_by=None) | ~Q(renewed_by=F("renewal_by")),
                name="search_two_renew",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "found"]) | Q(opened_by__isnull=False),
                name="search_open_by_second",
            ),
            # Where a found adult is, the reporter hears with that adult's consent only.
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(is_adult=False) | Q(consented=True),
                name="search_told_with_consent",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "state"], name="search_area"),
            models.Index(fields=["ends_at"], condition=Q(state="open"), name="search_ends"),
        ]


class Person(models.Model):
    """What the reporter said, sealed under the search's id, and the photo as long as one searches."""

    search = models.OneToOneField(Search, models.CASCADE, primary_key=True, related_name="person")
    sealed = models.BinaryField()
    photo = models.BinaryField(null=True)
    photo_type = models.CharField(max_length=20, blank=True)


class Destination(models.Model):
    """A place the person may have gone to. ``sealed`` is what it is to them, under the search's id."""

    search = models.ForeignKey(Search, models.CASCADE, related_name="destinations")
    sealed = models.BinaryField()
    latitude = models.FloatField()
    longitude = models.FloatField()
    is_home = models.BooleanField(default=False)


class Member(models.Model):
    """Somebody takes part in a search: only they read what is in it."""

    search = models.ForeignKey(Search, models.CASCADE, related_name="members")
    user = models.ForeignKey(USER, models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search", "user"], name="search_member_once")
        ]


class Look(models.Model):
    """Somebody looks at five minutes of a camera: taken for a while, then said.

    ``chance`` is what the planner stated when it was taken. ``camera`` is empty once positions have
    been erased.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    search = models.ForeignKey(Search, models.CASCADE, related_name="looks")
    camera = models.UUIDField(null=True)
    since = models.DateTimeField(_("from"))
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    chance = models.FloatField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    said_at = models.DateTimeField(null=True)
    grant = models.UUIDField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("missing", "clip")
        constraints = [
            # Nobody does what somebody else does.
            models.UniqueConstraint(fields=["search", "camera", "since"], name="search_clip_once"),
            models.CheckConstraint(
                condition=Q(outcome="", said_at=None) | Q(said_at__isnull=False),
                name="search_clip_said",
            ),
        ]
        indexes = [models.Index(fields=["search", "said_at"], name="search_clip_said")]


class Walk(models.Model):
    """Streets for somebody to walk, a place to look through, or where somebody called from.

    ``streets`` are numbers of the map (of a place only once somebody has said what they found).
    ``names`` and ``metres`` tell people what it is.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    search = models.ForeignKey(Search, models.CASCADE, related_name="walks")
    streets: Any = models.JSONField(default=list)
    names = models.CharField(max_length=300, blank=True)
    metres = models.PositiveIntegerField(default=0)
    chance = models.FloatField(null=True)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    said_at = models.DateTimeField(null=True)
    # When the person was there, where somebody calls; else when it was walked.
    seen_at = models.DateTimeField(null=True)
    is_call = models.BooleanField(default=False)
    # Only of a place: where it is.
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("missing", "streets to walk")


class Belief(models.Model):
    """Where the planner thought the person was at a moment, and what it proposed.

    ``heat``: rows of street and chance. ``clips``: rows of camera, beginning (POSIX), chance.
    ``parts``: rows of streets, chance and metres. ``places``: rows of names, how many they are,
    longitude, latitude and chance. ``unseen``: the chance that no camera saw them.
    """

    search = models.ForeignKey(Search, models.CASCADE, related_name="beliefs")
    at = models.DateTimeField()
    map_version = models.CharField(max_length=40)
    heat: Any = models.JSONField()
    clips: Any = models.JSONField()
    parts: Any = models.JSONField()
    places: Any = models.JSONField(default=list)
    unseen = models.FloatField()
    longitude = models.FloatField()
    latitude = models.FloatField()
    spread = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["search", "-at"], name="search_belief")]


class Check(models.Model):
    """A line of the check list of the first hour."""

    search = models.ForeignKey(Search, models.CASCADE, related_name="checks")
    item = models.CharField(max_length=12, choices=Item)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "item"], name="search_check_once")]


class Telling(models.Model):
    """A hospital or a station that is to know of the search, and who has told it when.

    ``sent`` is to how many telephones and accounts Linli wrote by itself; without any, and until it
    has arrived, somebody calls. Name and telephone are the place's own, as they were then.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    search = models.ForeignKey(Search, models.CASCADE, related_name="tellings")
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=Told)
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=30, blank=True)
    metres = models.PositiveIntegerField(null=True)
    sent = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = pgettext_lazy("missing", "place to be told")
        constraints = [
            models.UniqueConstraint(fields=["search", "premises"], name="search_place_told_once"),
            models.CheckConstraint(
                condition=Q(told_at=None, told_by=None)
                | Q(told_at__isnull=False, told_by__isnull=False),
                name="search_place_told_by",
            ),
        ]
