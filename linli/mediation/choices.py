"""The closed lists of mediation: what a choice can be, with its word on the page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.mediation import lifecycle


class State(models.TextChoices):
    """States of the path, with their words."""

    APPLIED = lifecycle.APPLIED, pgettext_lazy("mediation", "applied for")
    OFFERED = lifecycle.OFFERED, pgettext_lazy("mediation", "offered")
    RECEIVED = lifecycle.RECEIVED, pgettext_lazy("mediation", "referred to us")
    NOT_ACCEPTED = lifecycle.NOT_ACCEPTED, pgettext_lazy("mediation", "not accepted")
    ACCEPTED = lifecycle.ACCEPTED, pgettext_lazy("mediation", "accepted")
    MEDIATING = lifecycle.MEDIATING, pgettext_lazy("mediation", "mediating")
    AGREED = lifecycle.AGREED, pgettext_lazy("mediation", "agreed")
    FAILED = lifecycle.FAILED, pgettext_lazy("mediation", "failed")
    ENDED = lifecycle.ENDED, pgettext_lazy("mediation", "ended otherwise")
    PERFORMING = lifecycle.PERFORMING, pgettext_lazy("mediation", "performing")
    PERFORMED = lifecycle.PERFORMED, pgettext_lazy("mediation", "performed")
    BREACHED = lifecycle.BREACHED, pgettext_lazy("mediation", "breached")
    FOLLOWED_UP = lifecycle.FOLLOWED_UP, pgettext_lazy("mediation", "followed up")
    ARCHIVED = lifecycle.ARCHIVED, pgettext_lazy("mediation", "archived")


class Verb(models.TextChoices):
    """Verbs, with the word on their button."""

    APPLY = "apply", pgettext_lazy("mediation verb", "take an application")
    OFFER = "offer", pgettext_lazy("mediation verb", "offer mediation")
    RECEIVE = "receive", pgettext_lazy("mediation verb", "take a referral in")
    SEAT = "seat", pgettext_lazy("mediation verb", "name the mediator")
    OBJECT = "object", pgettext_lazy("mediation verb", "write down an objection")
    DECLARE = "declare", pgettext_lazy("mediation verb", "ask for a conflict of interest")
    ACCEPT = "accept", pgettext_lazy("mediation verb", "accept")
    REFUSE = "refuse", pgettext_lazy("mediation verb", "do not accept")
    EXTEND = "extend", pgettext_lazy("mediation verb", "agree on more time")
    PLAN = "plan", pgettext_lazy("mediation verb", "plan a session")
    HOLD = "hold", pgettext_lazy("mediation verb", "hold a session")
    ALARM = "alarm", pgettext_lazy("mediation verb", "report at once: may turn violent")
    AGREE = "agree", pgettext_lazy("mediation verb", "write the agreement")
    REDRAFT = "redraft", pgettext_lazy("mediation verb", "go back to the table")
    SIGN = "sign", pgettext_lazy("mediation verb", "record a signature")
    TAKE_EFFECT = "take_effect", pgettext_lazy("mediation verb", "take effect")
    FAIL = "fail", pgettext_lazy("mediation verb", "no agreement")
    END = "end", pgettext_lazy("mediation verb", "end it")
    AMEND = "amend", pgettext_lazy("mediation verb", "amend the agreement")
    PAY = "pay", pgettext_lazy("mediation verb", "record performance")
    REMIND = "remind", pgettext_lazy("mediation verb", "remind of performance")
    REVERSE = "reverse", pgettext_lazy("mediation verb", "take a payment back")
    PERFORM = "perform", pgettext_lazy("mediation verb", "performed in full")
    BREACH = "breach", pgettext_lazy("mediation verb", "record a breach")
    MEND = "mend", pgettext_lazy("mediation verb", "performance goes on")
    CONFIRM = "confirm", pgettext_lazy("mediation verb", "judicial confirmation")
    REMEDIATE = "remediate", pgettext_lazy("mediation verb", "mediate again")
    FOLLOW_UP = "follow_up", pgettext_lazy("mediation verb", "follow up")
    CONCLUDE = "conclude", pgettext_lazy("mediation verb", "conclude")
    ANSWER = "answer", pgettext_lazy("mediation verb", "answer the referring body")
    ARCHIVE = "archive", pgettext_lazy("mediation verb", "archive")


class Source(models.TextChoices):
    """Where a mediation came from: the columns of the official form."""

    OWN = "own", pgettext_lazy("source", "own initiative")
    APPLICATION = "application", pgettext_lazy("source", "on application")
    COURT = "court", pgettext_lazy("source", "referred by the court")
    PROCURATORATE = "procuratorate", pgettext_lazy("source", "referred by the procuratorate")
    POLICE = "police", pgettext_lazy("source", "referred by the police")
    PETITIONS = "petitions", pgettext_lazy("source", "referred by the petitions office")
    OTHER = "other", pgettext_lazy("source", "referred by another body")


REFERRERS = frozenset(Source) - {Source.OWN, Source.APPLICATION}


class CommitteeKind(models.TextChoices):
    """What a committee is set up by."""

    VILLAGE = "village", pgettext_lazy("committee", "village committee")
    NEIGHBOURHOOD = "neighbourhood", pgettext_lazy("committee", "neighbourhood committee")
    TOWNSHIP = "township", pgettext_lazy("committee", "township")
    STREET = "street", pgettext_lazy("committee", "street")
    ENTERPRISE = "enterprise", pgettext_lazy("committee", "enterprise or institution")
    SOCIAL = "social", pgettext_lazy("committee", "social or industry organisation")


class Form(models.TextChoices):
    """How an agreement was made."""

    WRITTEN = "written", pgettext_lazy("agreement", "in writing")
    ORAL = "oral", pgettext_lazy("agreement", "orally")


class Side(models.TextChoices):
    """Whose side a person is on."""

    APPLICANT = "applicant", _("applicant")
    RESPONDENT = "respondent", _("other side")
    THIRD = "third", _("third party")


class Part(models.TextChoices):
    """What a person does in a mediation; one person may have several parts."""

    PARTY = "party", pgettext_lazy("part", "party")
    AGENT = "agent", pgettext_lazy("part", "agent")
    GUARDIAN = "guardian", pgettext_lazy("part", "guardian")
    REPRESENTATIVE = "representative", pgettext_lazy("part", "representative of a group")
    WITNESS = "witness", pgettext_lazy("part", "witness")
    ATTENDANT = "attendant", pgettext_lazy("part", "relative, neighbour or expert attending")


class MandateKind(models.TextChoices):
    """How far a mandate reaches: a general agent can't concede, waive or settle."""

    GENERAL = "general", pgettext_lazy("mandate", "general")
    SPECIAL = "special", pgettext_lazy("mandate", "special")
    STATUTORY = "statutory", pgettext_lazy("mandate", "by law (guardian)")


class EndReason(models.TextChoices):
    """Why a mediation ended without agreement or failure."""

    WITHDRAWN = "withdrawn", pgettext_lazy("ended", "a party takes it back")
    SETTLED = "settled", pgettext_lazy("ended", "the parties settled it among themselves")
    ELSEWHERE = "elsewhere", pgettext_lazy("ended", "a party turned to a court or an office")
    GONE = "gone", pgettext_lazy("ended", "a party died, was dissolved or can't be found")
    MERGED = "merged", pgettext_lazy("ended", "merged with another case")
    OTHER = "other", pgettext_lazy("ended", "another reason")


class Averted(models.TextChoices):
    """What a mediation kept from happening: columns of the official form."""

    SUICIDE = "suicide", pgettext_lazy("averted", "suicide")
    CRIME = "crime", pgettext_lazy("averted", "dispute turning into a crime")
    FIGHT = "fight", pgettext_lazy("averted", "armed fight of a group")
    PETITION = "petition", pgettext_lazy("averted", "mass petition")


class SessionState(models.TextChoices):
    """A session is planned, held or cancelled."""

    PLANNED = "planned", pgettext_lazy("session", "planned")
    HELD = "held", pgettext_lazy("session", "held")
    CANCELLED = "cancelled", pgettext_lazy("session", "cancelled")


class SignatureManner(models.TextChoices):
    """How somebody put their name to it (Act art. 29)."""

    SIGNATURE = "signature", pgettext_lazy("manner", "signature")
    SEAL = "seal", pgettext_lazy("manner", "seal")
    FINGERPRINT = "fingerprint", pgettext_lazy("manner", "fingerprint")
    CERTIFIED = "certified", pgettext_lazy("manner", "certified electronic signature")


class AgreementState(models.TextChoices):
    """The life of one text of the agreement."""

    DRAFT = "draft", pgettext_lazy("agreement state", "being signed")
    EFFECTIVE = "effective", pgettext_lazy("agreement state", "in effect")
    SUPERSEDED = "superseded", pgettext_lazy("agreement state", "replaced")
    DROPPED = "dropped", pgettext_lazy("agreement state", "not signed")


class ObligationKind(models.TextChoices):
    """What is owed: money or an act."""

    PAY = "pay", pgettext_lazy("obligation", "payment")
    ACT = "act", pgettext_lazy("obligation", "act")


class BreachStep(models.TextChoices):
    """What is done after a breach."""

    URGE = "urge", pgettext_lazy("after a breach", "urge performance")
    MEDIATE = "mediate", pgettext_lazy("after a breach", "mediate again")
    ENFORCE = "enforce", pgettext_lazy("after a breach", "enforcement of the confirmed agreement")
    SUE = "sue", pgettext_lazy("after a breach", "the creditor sues")


class ConfirmationState(models.TextChoices):
    """What became of an application for judicial confirmation."""

    ASKED = lifecycle.ASKED, pgettext_lazy("confirmation", "applied for")
    TAKEN = lifecycle.TAKEN, pgettext_lazy("confirmation", "accepted by the court")
    NOT_TAKEN = lifecycle.NOT_TAKEN, pgettext_lazy("confirmation", "not accepted by the court")
    CONFIRMED = lifecycle.CONFIRMED, pgettext_lazy("confirmation", "ruled valid")
    DISMISSED = lifecycle.DISMISSED, pgettext_lazy("confirmation", "application dismissed")
    WITHDRAWN = lifecycle.WITHDRAWN, pgettext_lazy("confirmation", "taken back")


class CourtStep(models.TextChoices):
    """What the parties and the court do about a confirmation."""

    ASK = "ask", pgettext_lazy("court step", "both parties apply")
    TAKE = "take", pgettext_lazy("court step", "the court accepts the application")
    PROLONG = "prolong", pgettext_lazy("court step", "the court takes more time")
    NOT_TAKE = "not_take", pgettext_lazy("court step", "the court does not accept it")
    CONFIRM = "confirm", pgettext_lazy("court step", "ruled valid")
    DISMISS = "dismiss", pgettext_lazy("court step", "application dismissed")
    WITHDRAW = "withdraw", pgettext_lazy("court step", "taken back")


class CourtReason(models.TextChoices):
    """Why a court does not accept an application, or dismisses it."""

    NOT_FOR_COURT = "not_for_court", pgettext_lazy("court", "not a matter for the courts")
    JURISDICTION = "jurisdiction", pgettext_lazy("court", "no jurisdiction")
    IDENTITY = "identity", pgettext_lazy("court", "relations of identity")
    SPECIAL = "special", pgettext_lazy("court", "bankruptcy or another special procedure")
    TITLE = "title", pgettext_lazy("court", "title to property or intellectual property")
    PAPERS = "papers", pgettext_lazy("court", "papers missing")
    UNLAWFUL = "unlawful", pgettext_lazy("court", "against the law")
    OTHER = "other", pgettext_lazy("court", "another reason")


class PaperKind(models.TextChoices):
    """The parts of the file, in the order of the domain."""

    COVER = "cover", pgettext_lazy("paper", "cover")
    CONTENTS = "contents", pgettext_lazy("paper", "contents page")
    APPLICATION = "application", pgettext_lazy("paper", "application")
    ACCEPTANCE = "acceptance", pgettext_lazy("paper", "acceptance form")
    NOTICE = "notice", pgettext_lazy("paper", "notice of rights and duties")
    IDENTITY = "identity", pgettext_lazy("paper", "identity papers")
    MANDATE = "mandate", pgettext_lazy("paper", "mandate")
    INQUIRY = "inquiry", pgettext_lazy("paper", "inquiry record")
    EVIDENCE = "evidence", pgettext_lazy("paper", "evidence")
    SESSION = "session", pgettext_lazy("paper", "session record")
    AGREEMENT = "agreement", pgettext_lazy("paper", "agreement")
    ORAL_AGREEMENT = "oral_agreement", pgettext_lazy("paper", "oral agreement form")
    RECEIPT = "receipt", pgettext_lazy("paper", "performance receipt")
    FOLLOW_UP = "follow_up", pgettext_lazy("paper", "follow-up record")
    CONFIRMATION = "confirmation", pgettext_lazy("paper", "judicial confirmation papers")
    ANSWER = "answer", pgettext_lazy("paper", "answer to the referring body")
    FILE_NOTE = "file_note", pgettext_lazy("paper", "file note")
    BACK_COVER = "back_cover", pgettext_lazy("paper", "back cover")


class Term(models.TextChoices):
    """How long an archived file is kept."""

    PERMANENT = "permanent", pgettext_lazy("kept", "for ever")
    LONG = "long", pgettext_lazy("kept", "long term")
    SHORT = "short", pgettext_lazy("kept", "short term")
