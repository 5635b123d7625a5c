"""The mediation, who mediates it, what happened, and how it was followed up."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.cases.choices import Way
from linli.cases.models import Case
from linli.kernel.ids import new_id
from linli.mediation import lifecycle
from linli.mediation.choices import Averted, EndReason, Form, Source, State
from linli.mediation.models.committees import Committee


class Mediation(models.Model):
    """One mediation of a case. A case may have several one after another, and one at a time.

    Its type is the case's category, its place the case's area. ``amount`` is what the agreement in
    effect is worth, in yuan; ``claimed`` what was asked. ``version`` counts moves: a form carries
    the version its page showed. Days are days of the law: the day an act happened.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="mediations", db_index=False)
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="mediations", db_index=False
    )
    state = models.CharField(_("state"), max_length=12, choices=State)
    source = models.CharField(_("source"), max_length=13, choices=Source)
    opened_at = models.DateTimeField(_("opened"))

    # A referral in, and the answer that is owed for it.
    referrer = models.CharField(_("referred by"), max_length=80, blank=True)
    referrer_number = models.CharField(_("number at the referring body"), max_length=60, blank=True)
    referred_on = models.DateField(_("referred on"), null=True, blank=True)
    answer_due_on = models.DateField(_("answer due"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    brief = models.TextField(_("the dispute in brief"), blank=True)
    request = models.TextField(_("what is asked"), blank=True)
    claimed = models.DecimalField(
        _("amount claimed"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    # From when what is claimed was due: the limitation period runs from there (Civil Code 188).
    claim_due_on = models.DateField(_("the claim was due on"), null=True, blank=True)
    # Of persons who asked in words; the paper form is scanned in.
    applied_orally = models.BooleanField(_("applied orally"), default=False)
    hard = models.BooleanField(_("hard and complicated"), default=False)
    averted = models.CharField(_("averted"), max_length=8, choices=Averted, blank=True)
    averted_persons = models.PositiveIntegerField(_("persons kept from harm"), default=0)

    accepted_on = models.DateField(_("accepted on"), null=True)
    due_on = models.DateField(_("to be ended by"), null=True)
    extended_days = models.PositiveSmallIntegerField(default=0)
    form = models.CharField(_("form of the agreement"), max_length=7, choices=Form, blank=True)
    agreed_on = models.DateField(_("agreed on"), null=True)
    effective_on = models.DateField(_("in effect since"), null=True)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True)
    end_reason = models.CharField(_("ended because"), max_length=9, choices=EndReason, blank=True)
    # Destinations that were told to the parties after a failure.
    routes = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    # When the way to an agreement was over: agreed and in effect, failed, ended or not accepted.
    ended_at = models.DateTimeField(_("ended"), null=True)
    performed_on = models.DateField(_("performed on"), null=True)
    archived_at = models.DateTimeField(_("archived"), null=True)
    number = models.CharField(_("file number"), max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("mediation")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="mediation_state_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=Source.values), name="mediation_source_known"
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=sorted(lifecycle.OPEN)),
                name="mediation_one_open_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(lifecycle.SUCCEEDED))
                | Q(effective_on__isnull=False, accepted_on__isnull=False),
                name="mediation_effect_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=lifecycle.ARCHIVED) | Q(archived_at__isnull=False),
                name="mediation_archived_has_time",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="mediation_number_once"
            ),
        ]
        indexes = [
            models.Index("case", F("id").desc(), name="mediation_case"),
            models.Index("committee", F("opened_at").desc(), F("id").desc(), name="mediation_com"),
            models.Index(
                fields=["answer_due_on"],
                condition=Q(answered_on=None, answer_due_on__isnull=False),
                name="mediation_answer_due",
            ),
            models.Index(
                "committee",
                "due_on",
                condition=Q(state__in=sorted(lifecycle.OPEN)),
                name="mediation_open",
            ),
        ]

    @property
    def seated(self) -> list["Seat"]:
        """The seats that hold now, from those that were read with it."""
        return [seat for seat in self.seats.all() if seat.until is None]


class Seat(models.Model):
    """A mediator of one mediation: the chief or a helper; named by the committee or chosen."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="seats", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    chief = models.BooleanField(_("chief mediator"), default=True)
    chosen_by = models.CharField(
        max_length=9,
        choices=[
            ("committee", _("named by the committee")),
            ("parties", _("chosen by the parties")),
        ],
        default="committee",
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mediation"], condition=Q(until=None, chief=True), name="seat_one_chief"
            ),
            models.UniqueConstraint(
                fields=["mediation", "user"], condition=Q(until=None), name="seat_once"
            ),
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(until=None), name="seat_now"),
            models.Index(fields=["mediation"], name="seat_mediation"),
        ]


class Conflict(models.Model):
    """What a mediator answered when asked for a conflict of interest in one mediation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="conflicts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    has_conflict = models.BooleanField(_("there is a conflict of interest"))
    relation = models.CharField(_("which"), max_length=200, blank=True)


class Event(models.Model):
    """One row of a mediation's timeline. Never changed; what was written lies in :class:`Note`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="events", db_index=False)
    verb = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12)
    # Ids, codes, days and amounts that the verb adds; never personal data, never free text.
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["mediation", "id"], name="mediation_event_order")]


class Note(models.Model):
    """What a person wrote with a move; can be erased, the move stays."""

    event = models.OneToOneField(Event, models.CASCADE, primary_key=True, related_name="note")
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="+")
    text = models.TextField()


class FollowUp(models.Model):
    """One follow-up of an agreement: due so many days after it took effect, and how it went."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="follow_ups")
    turn = models.PositiveSmallIntegerField()
    due_on = models.DateField(_("due"))
    done_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    way = models.CharField(
        _("way"),
        max_length=8,
        blank=True,
        choices=Way,
    )
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True)
    recurred = models.BooleanField(_("it came back"), null=True)
    text = models.TextField(_("what was said"), blank=True)

    class Meta:
        verbose_name = _("follow-up")
        constraints = [
            models.UniqueConstraint(fields=["mediation", "turn"], name="mediation_follow_up_once"),
            models.CheckConstraint(
                condition=Q(satisfaction=None) | Q(satisfaction__range=(1, 5)),
                name="mediation_satisfaction_1_to_5",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(done_at=None), name="mediation_follow_up_due"
            )
        ]
