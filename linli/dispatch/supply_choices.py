"""The closed lists of supplies and experts, with their words."""

from django.db import models
from django.utils.translation import pgettext_lazy

from linli.dispatch import supply_lifecycle as lifecycle


class RequestState(models.TextChoices):
    """States of a request for supplies."""

    ASKED = lifecycle.ASKED, pgettext_lazy("supplies", "asked for")
    COMMITTED = lifecycle.COMMITTED, pgettext_lazy("supplies", "set aside")
    OUT = lifecycle.OUT, pgettext_lazy("supplies", "handed out")
    RETURNED = lifecycle.RETURNED, pgettext_lazy("supplies", "settled")
    CANCELLED = lifecycle.CANCELLED, pgettext_lazy("supplies", "called off")


class MoveKind(models.TextChoices):
    """Why the stock changed."""

    RECEIVE = "receive", pgettext_lazy("stock", "received")
    COMMIT = "commit", pgettext_lazy("stock", "set aside")
    FREE = "free", pgettext_lazy("stock", "no longer set aside")
    RELEASE = "release", pgettext_lazy("stock", "handed out")
    RETURN = "return", pgettext_lazy("stock", "returned")
    WRITE_OFF = "write_off", pgettext_lazy("stock", "written off")
    COUNT = "count", pgettext_lazy("stock", "corrected after a count")


class CallAnswer(models.TextChoices):
    """What became of calling an expert out."""

    CALLED = "called", pgettext_lazy("expert", "called")
    COMING = "coming", pgettext_lazy("expert", "is coming")
    BY_PHONE = "by_phone", pgettext_lazy("expert", "advises by telephone")
    NO_ANSWER = "no_answer", pgettext_lazy("expert", "does not answer")
    DECLINED = "declined", pgettext_lazy("expert", "can't come")
    DONE = "done", pgettext_lazy("expert", "released")


# Whoever is called is not called elsewhere meanwhile; after these the next in the order is.
BUSY_ANSWERS = frozenset({CallAnswer.CALLED, CallAnswer.COMING})
