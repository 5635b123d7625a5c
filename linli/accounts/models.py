"""Users, roles held in an area, and API tokens."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.ids import new_id


class UserManager(BaseUserManager["User"]):
    """Django's commands and allauth look users up through this."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """Save a new user; without a password the person can only come in by single sign-on."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.password = make_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who works here. Nobody is a superuser: rights come from roles alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(_("sign-in name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("work phone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    must_change_password = models.BooleanField(default=False)
    # The demo's passwords are printed in public: they open the door only on the machine itself.
    loopback_only = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    # Not stored: one of today's roles asks for a second factor, and the person has none.
    lacks_second_factor = False

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        constraints = [
            # One person can't be two by writing the same name large and small.
            models.UniqueConstraint(Lower("username"), name="user_name_once")
        ]
        indexes = [models.Index(fields=["name", "id"], name="user_by_name")]

    def get_full_name(self) -> str:
        """Return the name shown to colleagues."""
        return self.name


class RoleKind(models.TextChoices):
    """The roles of the domain."""

    GRID_WORKER = "grid_worker", _("grid worker")
    MEDIATOR = "mediator", _("mediator")
    WINDOW_CLERK = "window_clerk", _("window clerk")
    CENTRE_DIRECTOR = "centre_director", _("centre director")
    DISPATCHER = "dispatcher", _("dispatcher")
    DEPARTMENT_OFFICER = "department_officer", _("department officer")
    PATROL_LEADER = "patrol_leader", _("patrol leader")
    PATROL_MEMBER = "patrol_member", _("patrol member")
    VOLUNTEER = "volunteer", _("volunteer")
    LEGAL_COUNSELLOR = "legal_counsellor", _("legal counsellor")
    ASSESSOR = "assessor", _("assessor")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


class Role(models.Model):
    """A role one person holds in one area, from one day to another.

    ``area`` is the area's code; ``unit`` the centre, department, committee, team or grid the person
    works in (none for auditors and administrators). Their foreign keys are added by ``areas``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="roles")
    kind = models.CharField(_("role"), max_length=20, choices=RoleKind)
    area = models.CharField(_("area"), max_length=15, db_collation="C")
    unit = models.UUIDField(_("unit"), null=True, blank=True)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("role")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="role_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(kind__in=RoleKind.values), name="role_kind_known"),
        ]
        indexes = [
            models.Index(fields=["area", "kind"], name="role_area"),
            models.Index(fields=["unit"], name="role_unit"),
        ]


class SecondFactorRule(models.Model):
    """A role whose holders must use a second factor."""

    kind = models.CharField(_("role"), max_length=20, choices=RoleKind, primary_key=True)

    class Meta:
        verbose_name = _("second-factor rule")


class Leave(models.Model):
    """Days a person is away, and who stands in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="leaves")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    stand_in = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("leave")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="leave_ends_after_start"
            )
        ]


class ApiToken(models.Model):
    """A key to the API: acts for its owner, only within its scopes, until it expires.

    Only the SHA-256 of the token is kept; ``scopes`` is a list of ``cases:read``, ``cases:write``,
    ``areas:read``, ``figures:read``, ``webhooks:write``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=60)
    digest = models.BinaryField(max_length=32, unique=True)
    scopes = models.JSONField(_("scopes"), default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("API token")


class Remark(models.Model):
    """The reason somebody gave for what they did to an account. Erasable; the audit entry stays."""

    entry = models.BigIntegerField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="remarks")
    text = models.TextField(_("reason"))


class ImportState(models.TextChoices):
    """Where an import of people stands."""

    READY = "ready", pgettext_lazy("people import", "waiting for your look")
    WAITING = "waiting", pgettext_lazy("people import", "waiting for its turn")
    RUNNING = "running", pgettext_lazy("people import", "running")
    DONE = "done", pgettext_lazy("people import", "done")
    STOPPED = "stopped", pgettext_lazy("people import", "stopped")


class PeopleImport(models.Model):
    """A table of people somebody brings in; only they see it, and a day later it is gone.

    ``rows`` are the table's rows as they were read, ``passwords`` the name, sign-in name and
    one-time password of every account made so far: both sealed with the id. ``position`` counts
    the rows that are decided; it is kept, like the passwords, in the transaction that decides them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=ImportState)
    rows = models.BinaryField(default=b"")
    passwords = models.BinaryField(default=b"")
    total = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    roles = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    touched_at = models.DateTimeField()

    class Meta:
        verbose_name = _("import of people")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="people_import_state_known"
            )
        ]
        indexes = [models.Index(fields=["by", "-touched_at"], name="people_import_by")]
