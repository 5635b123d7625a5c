"""Reports of residents and what hangs on them; pages a city edits; what guards the door."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cases.models import Attachment, Case
from linli.kernel.ids import new_id
from linli.portal import lifecycle


class Side(models.TextChoices):
    """Who wrote a message."""

    RESIDENT = "resident", _("resident")
    CENTRE = "centre", _("centre")


class Word(models.TextChoices):
    """What a message is."""

    REPORT = lifecycle.REPORT, pgettext_lazy("message", "report")
    ADDITION = lifecycle.ADDITION, pgettext_lazy("message", "addition")
    ANSWER = lifecycle.ANSWER, pgettext_lazy("message", "answer")
    RATING = lifecycle.RATING, pgettext_lazy("message", "rating")
    WISH = lifecycle.WISH, pgettext_lazy("message", "asks for it to be reopened")
    QUESTION = lifecycle.QUESTION, pgettext_lazy("message", "question")
    MESSAGE = lifecycle.MESSAGE, pgettext_lazy("message", "message")
    OUTCOME = lifecycle.OUTCOME, pgettext_lazy("message", "outcome")
    DECISION = lifecycle.DECISION, pgettext_lazy("message", "decision on reopening")


class ReviewState(models.TextChoices):
    """Where a publication stands."""

    WAITING = lifecycle.WAITING, pgettext_lazy("publication", "waiting for review")
    PUBLISHED = lifecycle.PUBLISHED, pgettext_lazy("publication", "published")
    WITHOUT_PHOTO = lifecycle.WITHOUT_PHOTO, pgettext_lazy("publication", "published without photo")
    REFUSED = lifecycle.REFUSED, pgettext_lazy("publication", "not published")


class Report(models.Model):
    """A resident's report: the case it became, and the receipt that opens it.

    ``contact`` is one sealed value (``phone``, ``email``), kept only with consent and only for
    notices about this report; the case's party holds what the staff may reveal.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="report")
    token_hash = models.BinaryField(max_length=32, unique=True)
    way = models.CharField(max_length=8, choices=[("page", _("page")), ("open311", "Open311")])
    language = models.CharField(max_length=10)
    contact = models.BinaryField(null=True)
    consented_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("report")


class Message(models.Model):
    """One thing the resident or the centre wrote to the other; nothing of it is internal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="messages", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    side = models.CharField(max_length=8, choices=Side)
    word = models.CharField(max_length=10, choices=Word)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    satisfaction = models.PositiveSmallIntegerField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("message of a conversation")
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfaction=None) | Q(satisfaction__range=(1, 5)),
                name="portal_satisfaction_1_to_5",
            )
        ]
        indexes = [
            models.Index(fields=["report", "id"], name="portal_message_report"),
            models.Index(
                fields=["case"],
                condition=Q(side="resident", seen_at=None),
                name="portal_message_unseen",
            ),
        ]


class Photo(models.Model):
    """A resident's photo. It is a file of the case; its own hash lets the resident see it again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="photos")
    message = models.ForeignKey(Message, models.CASCADE, related_name="photos")
    attachment = models.ForeignKey(Attachment, models.CASCADE, related_name="+")
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("photo")


class Reopening(models.Model):
    """A resident's wish to have the case reopened, and what the desk decided."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="reopenings")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    reason = models.TextField(_("reason"))
    asked_at = models.DateTimeField()
    due_on = models.DateField(_("due"))
    # Of which resolution it speaks: another one may be contested again.
    resolved_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    granted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        verbose_name = _("request to reopen")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "resolved_at"], name="portal_one_wish_a_resolution"
            )
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(decided_at=None), name="portal_wish_open")
        ]


class Publication(models.Model):
    """What everybody may read of a request or hazard, once somebody of the staff has looked at it.

    ``text`` and ``answer`` are the public words; ``latitude`` and ``longitude`` are rounded to
    three decimals (about 100 m). Its id is the public number: the case's is never shown.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="publication")
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    state = models.CharField(max_length=14, choices=ReviewState)
    text = models.TextField(_("public text"))
    answer = models.TextField(_("what became of it"), blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    photo = models.BinaryField(null=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("publication")
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(state="waiting"), name="portal_waiting")
        ]


class PublicRequest(models.Model):
    """A row of the database's view ``portal_public``: what the whole world may know, and no more.

    Without ``is_reviewed`` there are no words and no place in it; only its own number finds it then.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=12)
    service_code = models.CharField(max_length=30)
    service_name = models.CharField(max_length=60)
    service_name_en = models.CharField(max_length=60)
    state = models.CharField(max_length=10)
    is_open = models.BooleanField()
    is_reviewed = models.BooleanField()
    text = models.TextField()
    answer = models.TextField()
    agency = models.CharField(max_length=80)
    area_code = models.CharField(max_length=15)
    address = models.CharField(max_length=200)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    has_photo = models.BooleanField()
    requested_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "portal_public"


class InfoPage(models.Model):
    """A page of plain text for residents, in both languages; a blank line begins a paragraph."""

    slug = models.SlugField(_("address"), max_length=40, primary_key=True)
    title = models.CharField(pgettext_lazy("page", "title"), max_length=60)
    title_en = models.CharField(_("English title"), max_length=80, blank=True)
    body = models.TextField(_("text"), blank=True)
    body_en = models.TextField(_("English text"), blank=True)
    icon = models.CharField(max_length=30, default="info-circle")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    shown = models.BooleanField(_("shown"), default=True)

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("page for residents")


class Posting(models.TextChoices):
    """Who may send reports over Open311."""

    KEYS = "keys", pgettext_lazy("open311", "only clients with a key")
    ALL = "all", pgettext_lazy("open311", "everybody, within the limits of the portal")
    NOBODY = "nobody", pgettext_lazy("open311", "nobody")


class Terms(models.Model):
    """The one row of rules a city sets for its residents' door."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_open = models.BooleanField(_("The residents' door is open"), default=True)
    reopening_days = models.PositiveSmallIntegerField(
        _("Days in which residents can ask for a reopening"), default=15
    )
    decision_days = models.PositiveSmallIntegerField(_("Working days to decide on it"), default=3)
    posting = models.CharField(
        _("Who may send reports over Open311"), max_length=6, choices=Posting, default=Posting.KEYS
    )
    most_in_ten_minutes = models.PositiveIntegerField(
        _("Reports in ten minutes after which sending becomes harder for all"), default=200
    )
    hours = models.CharField(_("Opening hours"), max_length=120, blank=True)
    hours_en = models.CharField(_("Opening hours in English"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("rules of the residents' door")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="portal_terms_one_row")]


class ClientKey(models.Model):
    """A key with which a program may send reports over Open311; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=60)
    key_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("key of a client")


class Question(models.Model):
    """What is asked besides for a kind of service: an attribute of Open311."""

    code = models.SlugField(max_length=30, primary_key=True)
    kind = models.CharField(max_length=12)
    datatype = models.CharField(max_length=16)
    required = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=120)
    text_en = models.CharField(max_length=160)
    # [[key, Chinese, English], …] for lists of values.
    values = models.JSONField(default=list)

    class Meta:
        ordering = ["kind", "position"]
        verbose_name = _("question")


class DaySalt(models.Model):
    """The salt of a day's hashed addresses; when it is forgotten, nothing leads back to them."""

    day = models.DateField(primary_key=True)
    salt = models.BinaryField(max_length=32)


class Attempt(models.Model):
    """How often something was tried from one (hashed) address in one window of time."""

    who = models.BinaryField(max_length=16)
    what = models.CharField(max_length=10)
    window = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["who", "what", "window"], name="portal_attempt_once")
        ]
        indexes = [models.Index(fields=["window"], name="portal_attempt_window")]
