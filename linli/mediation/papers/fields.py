"""The fields a template may use, what each says, and made-up words to try a template with."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

type Word = str | Promise

# Field → what it says. ``x.y`` under a list stands for each entry of a loop.
FIELDS: dict[str, Word] = {
    "file.number": _("file number"),
    "file.title": _("name of the file, with the parties' names"),
    "file.committee": _("name of the committee"),
    "file.seal": _("words of its seal"),
    "file.mediators": _("names of the mediators"),
    "file.begins": _("day of acceptance"),
    "file.ends": _("day of the agreement, or of the end"),
    "file.keeper": _("who keeps the file"),
    "file.term": _("how long it is kept"),
    "file.made_on": _("day of printing"),
    "case.number": _("number of the case"),
    "case.title": _("title of the case"),
    "case.type": _("type of dispute"),
    "case.place": _("place of the case"),
    "case.area": _("area of the case"),
    "source": pgettext_lazy("field", "source"),
    "referrer": _("referring body"),
    "referrer_number": _("number at the referring body"),
    "opened_on": _("day of the application"),
    "accepted_on": _("day of acceptance"),
    "brief": _("the dispute in brief"),
    "request": _("what is asked"),
    "claimed": _("amount claimed"),
    "applied_orally": _("whether it was applied for in words (for “if”)"),
    "decision": _("whether it was accepted, and why not"),
    "referred_on": _("day of the referral"),
    "answer": _("what the referring body was told"),
    "answered_on": _("day of the answer to the referring body"),
    "result": _("how it ended"),
    "routes": _("other routes that were told"),
    "applicants": _("names of the applicants"),
    "respondents": _("names of the other side"),
    "pages": _("number of pages"),
}
_PERSON: dict[str, Word] = {
    "side": _("side and part"),
    "name": pgettext_lazy("field", "name"),
    "sex": pgettext_lazy("field", "sex"),
    "ethnicity": _("ethnicity"),
    "age": _("age"),
    "occupation": _("occupation"),
    "phone": _("telephone"),
    "address": _("address"),
    "identity_number": _("number of the identity paper"),
    "notified_on": _("day on which rights and duties were told"),
}
# List → what it holds, and the fields of each entry.
LISTS: dict[str, tuple[Word, dict[str, Word]]] = {
    "parties": (_("the parties"), _PERSON),
    "people": (_("the parties, their agents and guardians"), _PERSON),
    "mandates": (
        _("mandates"),
        {
            "principal": _("who gives it"),
            "agent": _("who has it"),
            "kind": _("general or special"),
            "powers": _("powers"),
            "given_on": pgettext_lazy("field", "day"),
        },
    ),
    "owed": (
        _("what is owed under the agreement"),
        {
            "due_on": _("due by"),
            "what": _("who owes what"),
            "amount": pgettext_lazy("field", "amount"),
            "state": _("how it stands"),
        },
    ),
    "paid": (
        _("what was paid or done"),
        {
            "on": pgettext_lazy("field", "day"),
            "what": pgettext_lazy("field", "what"),
            "amount": pgettext_lazy("field", "amount"),
            "by": _("written down by"),
        },
    ),
    "follow_ups": (
        _("follow-ups"),
        {
            "turn": _("which one"),
            "on": pgettext_lazy("field", "day"),
            "way": _("how it was done"),
            "by": _("by whom"),
            "satisfaction": _("satisfaction"),
            "recurred": _("whether it came back"),
            "text": _("what was said"),
        },
    ),
    "papers": (
        _("the papers, on the contents page"),
        {
            "no": pgettext_lazy("field", "number"),
            "title": _("title"),
            "dated": pgettext_lazy("field", "day"),
            "page": pgettext_lazy("field", "page"),
            "note": pgettext_lazy("field", "note"),
        },
    ),
}
# Only in the forms of that name.
SPECIAL: dict[str, dict[str, Word]] = {
    "session": {
        "turn": _("which one"),
        "day": pgettext_lazy("field", "day"),
        "time": _("from when to when"),
        "place": pgettext_lazy("field", "place"),
        "manner": _("both sides at one table, or each by itself"),
        "people": _("who was invited and came"),
        "absent": _("who did not come"),
        "there": _("list of the names of those who came"),
        "mediators": _("names of the mediators"),
        "record": _("the record"),
        "statement": _("the joint statement"),
    },
    "agreement": {
        "form": _("in writing or orally"),
        "facts": _("main facts"),
        "claims": _("claims and responsibilities"),
        "clauses": _("list of the clauses"),
        "manner": _("manner, place and term of performance"),
        "signers": _("list of those who sign: side, name, on"),
        "mediators": _("names of the mediators"),
        "day": _("day of effect, or on which it was reached"),
        "replaces": _("day of the agreement it replaces"),
    },
    "confirmation": {
        "court": _("court"),
        "asked_on": _("day of the application"),
        "number": _("number at the court"),
        "outcome": _("what the court decided"),
        "decided_on": _("day of the decision"),
        "reason": _("the court's reason"),
    },
}
_LISTS_OF_TEXT = frozenset({"there", "clauses"})


def sample() -> dict[str, Any]:
    """Return made-up words for every field, to try a template with."""
    words: dict[str, Any] = {}
    for name in FIELDS:
        room, _dot, field = name.partition(".")
        if field:
            words.setdefault(room, {})[field] = "示例"
        else:
            words[room] = "示例"
    for name, (_word, fields) in LISTS.items():
        words[name] = [dict.fromkeys(fields, "示例") for _turn in range(2)]
    for name, fields in SPECIAL.items():
        words[name] = {
            field: ["示例一", "示例二"] if field in _LISTS_OF_TEXT else "示例" for field in fields
        }
    words["agreement"]["signers"] = [{"side": "示例", "name": "示例", "on": "示例"}] * 2
    return words
