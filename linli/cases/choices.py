"""The closed lists of a case: what a choice can be, with its word on the page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cases import lifecycle


class State(models.TextChoices):
    """States of the lifecycle, with their words."""

    REGISTERED = lifecycle.REGISTERED, pgettext_lazy("state", "registered")
    ASSIGNED = lifecycle.ASSIGNED, pgettext_lazy("state", "waiting to be accepted")
    RETURNED = lifecycle.RETURNED, pgettext_lazy("state", "returned")
    HANDLING = lifecycle.HANDLING, pgettext_lazy("state", "being handled")
    SUSPENDED = lifecycle.SUSPENDED, pgettext_lazy("state", "suspended")
    RESOLVED = lifecycle.RESOLVED, pgettext_lazy("state", "resolved")
    CLOSED = lifecycle.CLOSED, pgettext_lazy("state", "closed")
    REFERRED = lifecycle.REFERRED, pgettext_lazy("state", "referred")
    MERGED = lifecycle.MERGED, pgettext_lazy("state", "merged")
    WITHDRAWN = lifecycle.WITHDRAWN, pgettext_lazy("state", "withdrawn")
    DECLINED = lifecycle.DECLINED, pgettext_lazy("state", "declined")


class Kind(models.TextChoices):
    """Kinds of case."""

    DISPUTE = "dispute", _("dispute")
    REQUEST = "request", _("request")
    HAZARD = "hazard", _("hazard")
    INCIDENT = "incident", _("incident")
    CONSULTATION = "consultation", _("consultation")


class Channel(models.TextChoices):
    """How a matter came in."""

    WINDOW = "window", _("window")
    PHONE = "phone", _("phone")
    GRID_WORKER = "grid_worker", pgettext_lazy("channel", "grid worker")
    MEETING = "meeting", _("neighbourhood meeting")
    ONLINE = "online", _("online")
    ALARM = "alarm", _("one-key alarm")
    SENSOR = "sensor", _("sensor")
    COURT = "court", _("referred by the court")
    PROCURATORATE = "procuratorate", _("referred by the procuratorate")
    POLICE = "police", _("referred by the police")
    PETITIONS = "petitions", _("referred by the petitions office")
    OTHER = "other", _("referred by another body")


class Scale(models.TextChoices):
    """How many people it concerns."""

    INDIVIDUAL = "individual", _("individual")
    GROUP = "group", _("group")
    MAJOR_GROUP = "major_group", _("major group")


class Difficulty(models.TextChoices):
    """How hard it is; decides the clock that spans the whole."""

    SIMPLE = "simple", _("simple")
    ORDINARY = "ordinary", _("ordinary")
    COMPLEX = "complex", _("complex")


class Urgency(models.TextChoices):
    """How soon it must be accepted."""

    DANGER = "danger", _("danger to life or property")
    UTILITY = "utility", _("water, power, gas or heat is off")
    NORMAL = "normal", _("normal")


class Light(models.TextChoices):
    """The colour that is computed from the clocks."""

    BLUE = "blue", _("on time")
    YELLOW = "yellow", _("near its deadline")
    RED = "red", _("overdue or high risk")
    GREEN = "green", _("resolved and followed up")
    NONE = "none", _("ended otherwise")


class Destination(models.TextChoices):
    """Where a case can be referred to."""

    COURT = "court", pgettext_lazy("referred to", "court")
    ARBITRATION = "arbitration", pgettext_lazy("referred to", "arbitration")
    PETITIONS = "petitions", pgettext_lazy("referred to", "petitions office")
    POLICE = "police", pgettext_lazy("referred to", "police")
    LEGAL_AID = "legal_aid", pgettext_lazy("referred to", "legal aid")
    OTHER = "other", pgettext_lazy("referred to", "another body")


class PartyRole(models.TextChoices):
    """What a person or organisation is to the case."""

    APPLICANT = "applicant", _("applicant")
    RESPONDENT = "respondent", _("other side")
    THIRD = "third", _("third party")
    REPORTER = "reporter", _("reporter")
    AGENT = "agent", _("agent or guardian")
    WITNESS = "witness", _("witness")


class Way(models.TextChoices):
    """How people were asked whether it holds."""

    VISIT = "visit", _("visit")
    PHONE = "phone", _("phone")
    MESSAGE = "message", _("message")


class ClockKind(models.TextChoices):
    """What is being timed."""

    ACCEPT = "accept", _("accept the assignment")
    LEVEL = "level", _("this level")
    DIFFICULTY = "difficulty", _("the whole")
    SUPERVISE = "supervise", _("supervision")
    FOLLOW_UP = "follow_up", _("follow-up")
    MEDIATION = "mediation", _("the mediation")


class Verb(models.TextChoices):
    """Verbs, with the word on their button."""

    REGISTER = "register", pgettext_lazy("verb", "register")
    IMPORT = "import", pgettext_lazy("verb", "import")
    CLASSIFY = "classify", pgettext_lazy("verb", "classify")
    ASSIGN = "assign", pgettext_lazy("verb", "assign")
    DESIGNATE = "designate", pgettext_lazy("verb", "designate")
    ACCEPT = "accept", pgettext_lazy("verb", "accept")
    RETURN = "return", pgettext_lazy("verb", "return")
    PROGRESS = "progress", pgettext_lazy("verb", "record progress")
    SUSPEND = "suspend", pgettext_lazy("verb", "suspend")
    RESUME = "resume", pgettext_lazy("verb", "resume")
    ESCALATE = "escalate", pgettext_lazy("verb", "escalate")
    REFER = "refer", pgettext_lazy("verb", "refer")
    REMIND = "remind", pgettext_lazy("verb", "remind")
    SUPERVISE = "supervise", pgettext_lazy("verb", "supervise")
    ALERT = "alert", pgettext_lazy("verb", "tell the level above")
    RESOLVE = "resolve", pgettext_lazy("verb", "resolve")
    REOPEN = "reopen", pgettext_lazy("verb", "reopen")
    MERGE = "merge", pgettext_lazy("verb", "merge")
    WITHDRAW = "withdraw", pgettext_lazy("verb", "withdraw")
    DECLINE = "decline", pgettext_lazy("verb", "decline")
    FOLLOW_UP = "follow_up", pgettext_lazy("verb", "follow up")
    CLOSE = "close", pgettext_lazy("verb", "close")
    EXTEND = "extend", pgettext_lazy("verb", "ask for more time")
    GRANT = "grant", pgettext_lazy("verb", "grant more time")
    DENY = "deny", pgettext_lazy("verb", "deny more time")
    ASSIST = "assist", pgettext_lazy("verb", "bring in a helper")
    HAND_OVER = "hand_over", pgettext_lazy("verb", "hand over")
