"""What notices there are, which way each goes unless somebody chose otherwise, and the life of a
message. Plain data.

A notice stands in the app; what leaves the house is a message: by mail, as a short message, or
through a group's robot. ``fields`` are the words a template may use.
"""

from dataclasses import dataclass
from typing import Literal

APP, MAIL, SMS, ROBOT, VOICE = "app", "mail", "sms", "robot", "voice"
CHANNELS = (APP, MAIL, SMS, ROBOT, VOICE)
type Audience = Literal["staff", "resident"]
STAFF: Audience = "staff"
RESIDENT: Audience = "resident"
LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice: whom it is for, its words, and the channels it takes by default."""

    audience: Audience
    fields: tuple[str, ...]
    channels: tuple[str, ...]

    def may_use(self, channel: str) -> tuple[str, ...]:
        """Return the words a template of ``channel`` may use: titles stay in the house."""
        return tuple(name for name in self.fields if channel == APP or name not in INSIDE)


# People write names into titles, and a place may be a home: only those who sign in read them.
INSIDE = frozenset({"title", "scene"})
_CASE = ("number", "title", "kind", "unit", "due", "link")
_RESIDENT = ("number", "unit", "phone", "link")
_ALARM = ("alarm", "area", "unit", "link")
_BOTH = (APP, MAIL)
_ALL = (APP, MAIL, SMS, ROBOT)

KINDS: dict[str, Kind] = {
    "assigned": Kind(STAFF, _CASE, (APP, MAIL, ROBOT)),
    "returned": Kind(STAFF, _CASE, _BOTH),
    "reminded": Kind(STAFF, _CASE, _BOTH),
    "supervised": Kind(STAFF, _CASE, _ALL),
    "overdue": Kind(STAFF, _CASE, _ALL),
    "extension_asked": Kind(STAFF, (*_CASE, "days"), _BOTH),
    "extension_granted": Kind(STAFF, (*_CASE, "days"), _BOTH),
    "extension_denied": Kind(STAFF, (*_CASE, "days"), _BOTH),
    "escalated": Kind(STAFF, _CASE, (APP, MAIL, ROBOT)),
    "assist_asked": Kind(STAFF, _CASE, _BOTH),
    "handed_over": Kind(STAFF, _CASE, _BOTH),
    "reopened": Kind(STAFF, _CASE, _BOTH),
    "role_ended": Kind(STAFF, ("unit", "link"), _BOTH),
    "rule_gone": Kind(STAFF, ("routing_rule", "unit", "link"), _BOTH),
    "may_turn_violent": Kind(STAFF, ("number", "title", "kind", "unit", "link"), _ALL),
    "mediation_due": Kind(STAFF, ("number", "title", "task", "due", "unit", "link"), _BOTH),
    # One tells of all cameras of a unit that fail together.
    "camera_order": Kind(
        STAFF, ("task", "count", "camera", "due", "unit", "link"), (APP, MAIL, ROBOT)
    ),
    "camera_due": Kind(STAFF, ("task", "count", "due", "unit", "link"), _BOTH),
    "premises_due": Kind(STAFF, ("place", "task", "due", "link"), _BOTH),
    "supplies_due": Kind(STAFF, ("place", "task", "count", "due", "link"), _BOTH),
    # Of dispatch: what can't wait.
    "unit_sent": Kind(STAFF, ("incident", "scene", "unit", "link"), (APP, SMS)),
    "unit_help": Kind(STAFF, ("incident", "scene", "unit", "link"), (APP, SMS)),
    "unit_declined": Kind(STAFF, ("incident", "scene", "unit", "link"), (APP,)),
    "dispatch_late": Kind(STAFF, ("incident", "scene", "task", "link"), (APP,)),
    # An alarm nobody answers: at the next desk, and by phone.
    "alarm_waits": Kind(STAFF, _ALARM, (APP, SMS, ROBOT)),
    "alarm_call": Kind(STAFF, _ALARM, (VOICE,)),
    # Somebody is missing: to those on foot nearby. Who it is stands inside only.
    "missing_near": Kind(STAFF, ("number", "link"), (APP, SMS)),
    # Of patrols: to whoever walks, and to the leader whose answer is wanted.
    "roster_published": Kind(STAFF, ("area", "period", "link"), _BOTH),
    "swap_asked": Kind(STAFF, ("area", "period", "link"), _BOTH),
    "swap_answered": Kind(STAFF, ("area", "period", "answer", "link"), _BOTH),
    # Many of one kind at once make one notice.
    "folded": Kind(STAFF, ("count", "what", "link"), _ALL),
    "resident_registered": Kind(RESIDENT, _RESIDENT, (MAIL, SMS)),
    "resident_question": Kind(RESIDENT, _RESIDENT, (MAIL, SMS)),
    "resident_resolved": Kind(RESIDENT, _RESIDENT, (MAIL, SMS)),
    "resident_closed": Kind(RESIDENT, _RESIDENT, (MAIL, SMS)),
    # A hospital or station is asked to look out; nothing about the person, whom to call instead.
    "missing_place": Kind(RESIDENT, ("unit", "phone"), (APP, SMS)),
    "party_due": Kind(RESIDENT, ("due", "unit", "phone"), (SMS,)),
    # What waited for one person goes out as one message; an administrator tries a channel.
    "digest": Kind(STAFF, ("count", "lines", "link"), (MAIL, SMS, ROBOT, VOICE)),
    "test": Kind(STAFF, ("city",), (MAIL, SMS, ROBOT, VOICE)),
}
# Nobody chooses these: they follow from the others.
DERIVED = frozenset({"folded", "digest", "test", "alarm_call"})
CHOSEN = tuple(
    name for name, kind in KINDS.items() if kind.audience == STAFF and name not in DERIVED
)

QUEUED = "queued"
SENDING = "sending"
SENT = "sent"
OUTBOX = "outbox"
UNSURE = "unsure"
FAILED = "failed"
STATES = (QUEUED, SENDING, SENT, OUTBOX, UNSURE, FAILED)
ENDED = frozenset({SENT, OUTBOX, UNSURE, FAILED})

# Verb → states it is possible in, and the state it leads to.
MOVES: dict[str, tuple[frozenset[str], str]] = {
    "claim": (frozenset({QUEUED}), SENDING),
    "confirm": (frozenset({SENDING}), SENT),
    # No gateway is set up: it lies in the outbox, readable for the administrator.
    "lay_out": (frozenset({SENDING}), OUTBOX),
    "put_back": (frozenset({SENDING}), QUEUED),
    # Handed over, but whether it arrived nobody knows: never repeated by itself.
    "lose_sight": (frozenset({SENDING}), UNSURE),
    "fail": (frozenset({SENDING}), FAILED),
    "send_again": (frozenset({UNSURE, FAILED, OUTBOX}), QUEUED),
}
