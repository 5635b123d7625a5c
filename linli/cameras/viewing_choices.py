"""The words of viewing: what for, in which way, why not, and how far a clip is."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Mode(models.TextChoices):
    """What is looked at: what happens now, or what was recorded."""

    LIVE = "live", pgettext_lazy("video", "live")
    RECORDED = "recorded", pgettext_lazy("video", "recorded")


class Purpose(models.TextChoices):
    """Why video is opened; counted in the published report beside the reason in words."""

    RESCUE = "rescue", pgettext_lazy("video", "help a person in danger")
    RESPOND = "respond", pgettext_lazy("video", "guide those who respond")
    CONTAIN = "contain", pgettext_lazy("video", "keep an accident or a fire from spreading")
    EVIDENCE = "evidence", pgettext_lazy("video", "establish what happened")
    MISSING = "missing", pgettext_lazy("video", "find a missing person")
    TRAFFIC = "traffic", pgettext_lazy("video", "keep a way free")


class Cause(models.TextChoices):
    """Why video was refused."""

    SIGNED_OUT = "signed_out", pgettext_lazy("video refused", "not signed in")
    NO_ROLE = "no_role", pgettext_lazy("video refused", "no role for it")
    UNTRAINED = "untrained", pgettext_lazy("video refused", "not trained")
    NO_CASE = "no_case", pgettext_lazy("video refused", "no incident")
    CASE_OVER = "case_over", pgettext_lazy("video refused", "the case is over")
    OTHER_PLACE = "other_place", pgettext_lazy("video refused", "camera not at the place")
    OTHER_TIME = "other_time", pgettext_lazy("video refused", "outside the time")
    NO_REASON = "no_reason", pgettext_lazy("video refused", "no reason")
    NO_GRANT = "no_grant", pgettext_lazy("video refused", "no grant")
    NOT_YOURS = "not_yours", pgettext_lazy("video refused", "somebody else's grant")
    NO_CONSENT = "no_consent", pgettext_lazy("video refused", "no second person's consent")
    SAME_PERSON = "same_person", pgettext_lazy("video refused", "consent to oneself")
    EXPIRED = "expired", pgettext_lazy("video refused", "time is up")
    ENDED = "ended", pgettext_lazy("video refused", "ended")
    OTHER_CAMERA = "other_camera", pgettext_lazy("video refused", "another camera")
    BAD_NAME = "bad_name", pgettext_lazy("video refused", "no such segment")


class Ending(models.TextChoices):
    """How a grant ended before its time."""

    VIEWER = "viewer", pgettext_lazy("video", "ended by the viewer")
    DECLINED = "declined", pgettext_lazy("video", "declined")
    REVOKED = "revoked", pgettext_lazy("video", "revoked")
    CASE = "case", pgettext_lazy("video", "the case ended")


class FeedState(models.TextChoices):
    """How the packing of a camera's video is."""

    ASKED = "asked", pgettext_lazy("feed", "asked for")
    STARTING = "starting", pgettext_lazy("feed", "connecting")
    RUNNING = "running", pgettext_lazy("feed", "running")
    FAILED = "failed", pgettext_lazy("feed", "no picture")
    STOPPED = "stopped", pgettext_lazy("feed", "stopped")


class ClipKind(models.TextChoices):
    """A moving picture or one picture."""

    CLIP = "clip", pgettext_lazy("video", "clip")
    STILL = "still", pgettext_lazy("video", "still")


class ClipState(models.TextChoices):
    """How far a clip is on its way out of the house."""

    MAKING = "making", pgettext_lazy("clip", "being made")
    READY = "ready", pgettext_lazy("clip", "waits for a second look")
    APPROVED = "approved", pgettext_lazy("clip", "may leave")
    REFUSED = "refused", pgettext_lazy("clip", "may not leave")
    FAILED = "failed", pgettext_lazy("clip", "could not be made")
    EXPIRED = "expired", pgettext_lazy("clip", "destroyed")


class Kinship(models.TextChoices):
    """How a relative is related to the missing person."""

    SPOUSE = "spouse", pgettext_lazy("kinship", "husband or wife")
    PARENT = "parent", pgettext_lazy("kinship", "parent")
    CHILD = "child", pgettext_lazy("kinship", "son or daughter")
    SIBLING = "sibling", pgettext_lazy("kinship", "brother or sister")
    GRANDPARENT = "grandparent", pgettext_lazy("kinship", "grandparent")
    GRANDCHILD = "grandchild", pgettext_lazy("kinship", "grandchild")
    GUARDIAN = "guardian", pgettext_lazy("kinship", "guardian")
