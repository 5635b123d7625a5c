"""Tell places: hospitals and stations around are to look out, by text message where there is a way.

Where there is none somebody calls, and says so on the page. What is sent says nothing of the person.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from math import cos, radians
from uuid import UUID

from linli.accounts.models import User
from linli.accounts.scope import in_area
from linli.kernel.earth import apart
from linli.kernel.row_security import unscoped
from linli.missing.choices import Told
from linli.missing.models import Search, Telling
from linli.notices.actions.send import Contact as Number
from linli.notices.actions.send import Telling as Occasion
from linli.notices.actions.send import notify_all
from linli.notices.lifecycle import SMS
from linli.notices.models import Gateway
from linli.premises.choices import ContactPart
from linli.premises.models import Contact, Premises
from linli.premises.sealed import opened

# Places further than this (degrees of latitude, some 17 km) are not told, and so many at most.
REACH, MOST = 0.15, 20
# Digits of a county's code.
COUNTY = 6
# Whom a text message goes to, in this order.
ANSWERING = (ContactPart.DUTY, ContactPart.RESPONSIBLE, ContactPart.SAFETY)
_MOBILE = re.compile(r"(?:\+?86)?(1\d{10})\Z")


def tell_places(search: Search, *, at: datetime) -> int:
    """Write down which places are to know, and write to those that can be reached; return how many."""
    with unscoped():
        near = _near(search)
        phones = _phones([one.id for one, _metres in near])
        accounts = dict(
            User.objects.filter(phone__in=set(phones.values()), is_active=True).values_list(
                "phone", "id"
            )
        )
        can_write = Gateway.objects.filter(sort=SMS, is_on=True).exists()
        holder = search.case.holder
        words = {"unit": holder.name, "phone": holder.phone}
        rows, occasions = [], []
        for one, metres in near:
            phone = phones.get(one.id, "")
            user = accounts.get(phone)
            number = phone if can_write and not user else ""
            rows.append(
                Telling(
                    search=search, premises=one, kind=one.kind_id, name=one.name, phone=one.phone,
                    metres=metres, sent=int(bool(user or number)),
                )
            )  # fmt: skip
            if user or number:
                occasions.append(
                    Occasion(
                        "missing_place", ("missing_place", search.id), at, [user] if user else [],
                        Number(phone=number) if number else None,
                        key=f"{search.id}:{one.id}", rule="places", urgent=True, words=words,
                    )
                )  # fmt: skip
        Telling.objects.bulk_create(rows, ignore_conflicts=True)
        notify_all(occasions)
    return len(rows)


def _near(search: Search) -> Sequence[tuple[Premises, int | None]]:
    """Return the hospitals and stations around, the nearest first; without a place the county's."""
    found = Premises.objects.filter(kind__in=Told.values, closed_on=None)
    if search.latitude is None or search.longitude is None:
        rows = found.filter(in_area(search.area[:COUNTY], "area")).order_by("name", "id")[:MOST]
        return [(one, None) for one in rows]
    squeeze = cos(radians(search.latitude))
    rows = found.filter(
        latitude__range=(search.latitude - REACH, search.latitude + REACH),
        longitude__range=(search.longitude - REACH / squeeze, search.longitude + REACH / squeeze),
    )
    seen = (search.longitude, search.latitude)
    away = [(one, round(apart(seen, (one.longitude or 0.0, one.latitude or 0.0)))) for one in rows]
    return sorted(away, key=lambda pair: (pair[1], str(pair[0].id)))[:MOST]


def _phones(places: Sequence[UUID]) -> dict[UUID, str]:
    """Return for each place the mobile of whoever answers for it, where one is known."""
    found: dict[UUID, str] = {}
    contacts = Contact.objects.filter(premises__in=places, part__in=ANSWERING, erased_at=None)
    for contact in sorted(contacts, key=lambda one: (ANSWERING.index(one.part), one.position)):
        mobile = _MOBILE.match(re.sub(r"[\s-]", "", str(opened(contact).get("phone", ""))))
        if mobile:
            found.setdefault(contact.premises_id, mobile[1])
    return found
