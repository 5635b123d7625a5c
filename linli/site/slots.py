"""Which app fills which slot of another app's page: slot → functions ``(request, **given) → html``.

``CALENDARS`` add to the calendar that people subscribe to: functions ``(actor, at) → entries``.
"""

from collections.abc import Mapping, Sequence

SLOTS: Mapping[str, Sequence[str]] = {
    "area": [
        "linli.premises.slots.area",
        "linli.insight.slots.area_figures",
        "linli.mediation.slots.area",
        "linli.routing.slots.area",
        "linli.alike.slots.area",
    ],
    # Its alarms, and what it said that was not taken.
    "device": ["linli.alarms.slots.device"],
    "me": ["linli.exchange.slots.my_calendar"],
    "person_desk": ["linli.cases.web.desk.person_desk"],
    "register": [
        "linli.reading.slots.register",
        "linli.routing.slots.register",
        "linli.alike.slots.register",
    ],
    "alarm": ["linli.dispatch.slots.alarm"],
    "case": [
        "linli.dispatch.slots.case",
        "linli.mediation.slots.case",
        "linli.reading.slots.case",
        "linli.portal.slots.conversation",
        "linli.routing.slots.case",
        "linli.alike.slots.case",
        "linli.legal.slots.case",
        "linli.premises.slots.case",
        "linli.cameras.viewing_slots.case",
    ],
    # What a team on its shift is sent to.
    "patrol_shift": ["linli.dispatch.slots.own_unit"],
    "workbench": [
        "linli.tips.slots.unread_tips",
        "linli.portal.slots.on_workbench",
        "linli.routing.slots.gone",
    ],
    "people": ["linli.routing.slots.gone"],
}

CALENDARS: Sequence[str] = ("linli.mediation.slots.calendar",)
