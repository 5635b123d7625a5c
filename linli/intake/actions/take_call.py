"""Take a call of an incoming webhook: one JSON object, one case, the same answer each time."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts.scope import acting
from linli.cases.models import Case
from linli.intake.actions.take_matter import in_words, take_matter
from linli.intake.channel_models import Outcome, Received, Source
from linli.intake.gazetteer import Gazetteer
from linli.intake.headings import Column
from linli.intake.keys import keys_of
from linli.intake.layout import Layout
from linli.intake.models import Origin
from linli.intake.policy import city_of
from linli.intake.queries.channels import desk_of_area
from linli.intake.reasons import said
from linli.intake.rows import RowReader, Unreadable
from linli.intake.sheets.reading import Numbered
from linli.kernel.errors import IllegalMove, Invalid
from linli.kernel.ids import new_id
from linli.kernel.once import claim


@dataclass(frozen=True, slots=True)
class Taken:
    """The case a call became; ``is_new`` is False where it had come before."""

    id: UUID
    number: str
    is_new: bool


def take_call(
    source: Source, told: Mapping[str, str], body: bytes, *, key: str, at: datetime
) -> Taken:
    """Register what a call tells. ``told`` is its body as path → text, ``key`` its idempotency key.

    Without a key it is known by its number in the other system, else by its content. Raises
    :class:`Invalid` with a sentence for each field that can't be read.
    """
    if not source.options.get("layout"):
        raise IllegalMove(_("Nobody has said yet which member is which field."))
    try:
        with acting(desk_of_area(source.area)):
            return _take(source, told, body, key, at)
    except Unreadable as refusal:
        _log(source, body, at, reason=in_words(refusal.reasons))
        fields = {str(facts.get("field", code)): said((code, facts))
                  for code, facts in refusal.reasons}  # fmt: skip
        raise Invalid(_("It was not taken in."), fields) from None


def _take(source: Source, told: Mapping[str, str], body: bytes, key: str, at: datetime) -> Taken:
    case_id = new_id()
    if key and (first := claim(source.pk, key, body, case_id, at)):
        return _known(first)
    layout = Layout.of(source.options["layout"])
    columns = [Column(place, path) for place, path in enumerate(told)]
    row = Numbered(1, list(told.values()))
    gazetteer = Gazetteer(city_of(desk_of_area(source.area)))
    reader = RowReader(columns, layout, gazetteer, at=at)
    number = "\n".join(reader.cells(row, "source_number"))
    origins = keys_of(row, columns, source=f"hook:{source.pk}", number=number)
    if not key or number:
        found = Origin.objects.filter(key__in=origins).first()
        if found is not None:
            return _known(found.case_id)
    case = take_matter(source, reader.read(row), at=at, case_id=case_id)
    if not key or number:
        _keep(Origin(key=origins[0], case=case))
    _log(source, body + key.encode(), at, case=case.pk)
    return Taken(case.pk, case.number, is_new=True)


def _keep(origin: Origin) -> None:
    try:
        with transaction.atomic():
            origin.save(force_insert=True)
    except IntegrityError:
        # The same matter came in at this very moment: that one counts, and this is undone.
        raise IllegalMove(_("It is being taken in already."), _("Send it once more.")) from None


def _known(case_id: UUID) -> Taken:
    number = Case.objects.filter(pk=case_id).values_list("number", flat=True).first()
    return Taken(case_id, number or "", is_new=False)


def _log(
    source: Source, body: bytes, at: datetime, *, reason: str = "", case: UUID | None = None
) -> None:
    key = hashlib.sha256(body).digest()
    outcome = Outcome.CASE if case else Outcome.REFUSED
    Received.objects.bulk_create(
        [Received(source=source, key=key, outcome=outcome, reason=reason, at=at, case_id=case)],
        ignore_conflicts=True,
    )
    Source.objects.filter(pk=source.pk).update(
        **({"succeeded_at": at, "failure": ""} if case else {"failed_at": at, "failure": reason})
    )
