"""The words on buttons: what a press does, in the order it is usually done."""

from django.utils.translation import pgettext_lazy

# Verb, its word, and whether a reason is asked first.
ANSWER_BUTTONS = (
    ("accept", pgettext_lazy("unit button", "Accept"), False),
    ("set_out", pgettext_lazy("unit button", "On the way"), False),
    ("arrive", pgettext_lazy("unit button", "Arrived"), False),
    ("finish", pgettext_lazy("unit button", "Done"), False),
    ("ask_help", pgettext_lazy("unit button", "Need help"), False),
    ("decline", pgettext_lazy("unit button", "Can't go"), True),
    ("recall", pgettext_lazy("unit button", "Recall"), True),
)
STEP_WORDS = {
    "set_priority": pgettext_lazy("incident button", "Change the priority"),
    "add_report": pgettext_lazy("incident button", "Add another report"),
    "need_none": pgettext_lazy("incident button", "No unit needed"),
    "remark": pgettext_lazy("incident button", "Write a note"),
    "report": pgettext_lazy("incident button", "Give a situation report"),
    "merge": pgettext_lazy("incident button", "Merge into another"),
    "close": pgettext_lazy("incident button", "Close with a report"),
}
