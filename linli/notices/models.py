"""Notices, messages that leave the house, texts, preferences, gateways; and the event stream."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.areas.models import Unit
from linli.kernel.ids import new_id
from linli.notices.words import CHANNEL_WORDS, GATEWAY_WORDS, STATE_WORDS, kinds


class Text(models.Model):
    """What a notice says: one text a kind, channel and language, with ``{field}`` for the words.

    ``first_*`` is how the product came; a city goes back to it with one click.
    """

    kind = models.CharField(_("notice"), max_length=24, choices=kinds)
    channel = models.CharField(
        pgettext_lazy("message", "channel"), max_length=8, choices=CHANNEL_WORDS
    )
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    first_subject = models.CharField(max_length=200)
    first_body = models.TextField(blank=True)

    class Meta:
        verbose_name = _("text of a notice")
        constraints = [
            models.UniqueConstraint(fields=["kind", "channel", "language"], name="text_once")
        ]


class Habits(models.Model):
    """The city's habits, one row: quiet hours, how long to gather, how long to keep."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    quiet_from = models.TimeField(_("quiet from"), default=time(21))
    quiet_until = models.TimeField(_("quiet until"), default=time(7))
    gather_minutes = models.PositiveSmallIntegerField(_("gather for minutes"), default=10)
    keep_days = models.PositiveSmallIntegerField(_("keep for days"), default=180)

    class Meta:
        verbose_name = _("habits of the city")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="habits_one_row")]


class Preference(models.Model):
    """Where a person departs from the default: this kind, by this channel, yes or no."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24)
    channel = models.CharField(max_length=8)
    wanted = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "channel"], name="preference_once")
        ]


class QuietHours(models.Model):
    """A person's own quiet hours in place of the city's; equal ends mean none at all."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    quiet_from = models.TimeField(_("quiet from"))
    quiet_until = models.TimeField(_("quiet until"))


class Gateway(models.Model):
    """A way out of the house: a mail server, an SMS service, or a group's robot.

    ``plain`` holds what may be read, ``secret`` the sealed rest (passwords, tokens, addresses with
    keys in them). A robot speaks in the group of ``unit``, about ``kinds``. ``paused_until`` is set
    after a failure, later each time, so that a dead server costs one try at a time.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sort = models.CharField(_("sort"), max_length=10, choices=GATEWAY_WORDS)
    name = models.CharField(_("name"), max_length=60)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    kinds = models.JSONField(_("notices"), default=list)
    plain = models.JSONField(default=dict)
    secret = models.BinaryField()
    is_on = models.BooleanField(_("in use"), default=True)
    failures = models.PositiveSmallIntegerField(default=0)
    paused_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    last_sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("gateway")


class Notice(models.Model):
    """What a person reads in the app. Only that person may (row security)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=24, choices=kinds)
    urgent = models.BooleanField(default=False)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    about_type = models.CharField(max_length=40)
    about_id = models.CharField(max_length=40)
    rule = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    # Names the occasion: the same one is told to the same person once.
    key = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_once")]
        indexes = [
            models.Index("user", F("at").desc(), F("id").desc(), name="notice_latest"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["at"], name="notice_at"),
        ]


class Message(models.Model):
    """One thing told to one receiver by one channel: outbox, queue and log in one row.

    ``sealed`` opens to ``to``, ``name``, ``subject`` and ``body`` and is emptied some weeks after
    the end; ``target`` groups what one receiver gets (a user, a gateway, or a keyed hash of an
    address). Messages of one ``parcel`` left the house together.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField(
        pgettext_lazy("message", "channel"), max_length=8, choices=CHANNEL_WORDS
    )
    gateway = models.ForeignKey(Gateway, models.SET_NULL, null=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", db_index=False
    )
    target = models.CharField(max_length=48)
    kind = models.CharField(_("notice"), max_length=24, choices=kinds)
    language = models.CharField(max_length=10)
    urgent = models.BooleanField(default=False)
    about_type = models.CharField(max_length=40)
    about_id = models.CharField(max_length=40)
    rule = models.CharField(max_length=80, blank=True)
    sealed = models.BinaryField()
    at = models.DateTimeField()
    not_before = models.DateTimeField()
    state = models.CharField(_("state"), max_length=8, choices=STATE_WORDS, default="queued")
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    parcel = models.UUIDField(null=True)
    error = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=200, unique=True)

    class Meta:
        verbose_name = pgettext_lazy("notices", "message")
        indexes = [
            models.Index(
                fields=["channel", "not_before"], condition=Q(state="queued"), name="message_due"
            ),
            models.Index(fields=["target"], condition=Q(state="queued"), name="message_target"),
            models.Index(
                fields=["tried_at"], condition=Q(state="sending"), name="message_in_the_air"
            ),
            models.Index(F("at").desc(), F("id").desc(), name="message_latest"),
            models.Index(
                "state", F("at").desc(), F("id").desc(), condition=~Q(state="sent"),
                name="message_trouble",
            ),
        ]  # fmt: skip


class Heard(models.Model):
    """How far a listener has read each chain of the audit log.

    A chain grows in the order of commits and without gaps, so nothing is missed and nothing heard
    twice, and whoever writes the log pays nothing for it.
    """

    listener = models.CharField(max_length=40)
    chain = models.SmallIntegerField()
    sequence = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listener", "chain"], name="heard_once")]


class StreamEvent(models.Model):
    """Something to tell browsers at once. ``sequence`` is given when the stream first reads it.

    An id is taken before its transaction commits, so a later id can be seen first; numbers given on
    reading can't, which is what lets a browser go on from the last one it saw.
    """

    id = models.BigAutoField(primary_key=True)
    topic = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    sequence = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(sequence=None), name="stream_fresh"),
            models.Index(fields=["at"], name="stream_at"),
        ]


class StreamHead(models.Model):
    """The last number given, and the last one that is no longer kept; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last = models.BigIntegerField(default=0)
    forgotten = models.BigIntegerField(default=0)
