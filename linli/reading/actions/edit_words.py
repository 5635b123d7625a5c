"""The lists reading works with: words of categories and urgencies, names of places, the threshold."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.queries import area as find_area
from linli.audit.record import record
from linli.cases.choices import Kind, Urgency
from linli.cases.queries.categories import categories
from linli.kernel.errors import Invalid, NotFound
from linli.reading.models import Keyword, PlaceAlias, Policy, UrgencyWord
from linli.reading.policy import permit_keeping
from linli.reading.queries.tables import forget
from linli.reading.wording import fold

_SHORTEST, _LONGEST = 2, 30


@transaction.atomic
def add_keyword(
    *, word: str, kind: str, category: str, weight: int, actor: Actor, at: datetime
) -> Keyword:
    """Let ``word`` point to a category (a code), or with an empty one to a kind as a whole."""
    permit_keeping(actor)
    word = _word(word)
    if category:
        known = next((one for one in categories() if one.code == category), None)
        if known is None:
            raise Invalid(_("There is no such category."), {"category": _("Choose another one.")})
        kind = known.kind
    if kind not in Kind.values:
        raise Invalid(_("The kind is missing."), {"kind": _("Choose one of the list.")})
    if weight not in (1, 2, 3):
        raise Invalid(_("The weight is 1, 2 or 3."), {"weight": _("Choose one of the list.")})
    kept, _new = Keyword.objects.update_or_create(
        word=word, kind=kind, category_id=category or None, defaults={"weight": weight}
    )
    facts = {"kind": kind, "category": category, "weight": weight}
    _record("keyword", kept.pk, "reading.add_keyword", facts, actor=actor, at=at)
    return kept


@transaction.atomic
def drop_keyword(keyword_id: int, *, actor: Actor, at: datetime) -> None:
    """Let a word point to its category no longer."""
    permit_keeping(actor)
    _drop(Keyword, keyword_id, "keyword", "reading.drop_keyword", actor=actor, at=at)


@transaction.atomic
def add_urgency_word(*, word: str, urgency: str, actor: Actor, at: datetime) -> UrgencyWord:
    """Let ``word`` make a matter urgent."""
    permit_keeping(actor)
    if urgency not in Urgency.values or urgency == Urgency.NORMAL:
        raise Invalid(_("Choose how urgent it is."), {"urgency": _("Choose one of the list.")})
    kept, _new = UrgencyWord.objects.update_or_create(
        word=_word(word), defaults={"urgency": urgency}
    )
    facts = {"urgency": urgency}
    _record("urgency_word", kept.pk, "reading.add_urgency_word", facts, actor=actor, at=at)
    return kept


@transaction.atomic
def drop_urgency_word(word_id: int, *, actor: Actor, at: datetime) -> None:
    """Let a word make nothing urgent any more."""
    permit_keeping(actor)
    _drop(UrgencyWord, word_id, "urgency_word", "reading.drop_urgency_word", actor=actor, at=at)


@transaction.atomic
def add_place_alias(*, alias: str, area: str, actor: Actor, at: datetime) -> PlaceAlias:
    """Tell what people call an area, or a street or landmark in it."""
    permit_keeping(actor)
    found = find_area(area)
    name = fold(alias)
    if not _SHORTEST <= len(name) <= 40:
        raise Invalid(_("The place name is missing."), {"alias": _("Write 2 to 40 characters.")})
    kept, _new = PlaceAlias.objects.get_or_create(alias=name, area=found)
    _record("place_alias", kept.pk, "reading.add_place_alias", {"area": area}, actor=actor, at=at)
    return kept


@transaction.atomic
def drop_place_alias(alias_id: int, *, actor: Actor, at: datetime) -> None:
    """Forget what people call a place."""
    permit_keeping(actor)
    _drop(PlaceAlias, alias_id, "place_alias", "reading.drop_place_alias", actor=actor, at=at)


@transaction.atomic
def set_threshold(percent: int, *, actor: Actor, at: datetime) -> None:
    """Set how sure a proposal must be; below it the system asks."""
    permit_keeping(actor)
    if not 30 <= percent <= 99:
        raise Invalid(_("A number from 30 to 99."), {"threshold": _("A number from 30 to 99.")})
    Policy.objects.update_or_create(pk=1, defaults={"threshold": percent})
    _record("reading", 1, "reading.set_threshold", {"percent": percent}, actor=actor, at=at)


def _word(word: str) -> str:
    folded = fold(word)
    if not _SHORTEST <= len(folded) <= _LONGEST:
        raise Invalid(_("The word is missing."), {"word": _("Write 2 to 30 characters.")})
    return folded


def _drop(
    model: type[Keyword | UrgencyWord | PlaceAlias],
    key: int,
    noun: str,
    event: str,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    gone, _rows = model.objects.filter(pk=key).delete()
    if not gone:
        raise NotFound(_("It is not in the list any more."))
    _record(noun, key, event, {}, actor=actor, at=at)


def _record(
    noun: str, key: object, event: str, facts: dict[str, Any], *, actor: Actor, at: datetime
) -> None:
    record(noun, str(key), event, actor=actor.user_id, at=at, facts=facts)
    transaction.on_commit(forget)
