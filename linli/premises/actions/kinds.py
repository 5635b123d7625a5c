"""The city's kinds of premises: their turns, the devices they must have, their check lists."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.models import Category
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.premises.choices import DeviceKind, Spot
from linli.premises.models import CheckItem, Need, Premises, PremisesKind
from linli.premises.policy import permit_kinds

LONGEST_TURN = 3660


@dataclass(frozen=True, slots=True, kw_only=True)
class KindData:
    """A kind; turns in days, zero for none."""

    name: str
    name_en: str = ""
    position: int = 0
    inspection_days: int = 90
    test_days: int = 31
    drill_days: int = 0
    retired: bool = False


@transaction.atomic
def keep_kind(code: str, data: KindData, *, actor: Actor, at: datetime) -> PremisesKind:
    """Write a kind down, new or known by its ``code``. Days already set for a place stay."""
    permit_kinds(actor)
    wrong: dict[str, str] = {}
    if not code.isidentifier() or not code.isascii() or len(code) > 30:
        wrong["code"] = _("Small Latin letters, digits and underscores.")
    if not data.name.strip():
        wrong["name"] = _("Write what it is called.")
    for name in ("inspection_days", "test_days", "drill_days"):
        if not 0 <= getattr(data, name) <= LONGEST_TURN:
            wrong[name] = _("Between 0 (never) and ten years.")
    if wrong:
        raise Invalid(_("This can't be written down like that."), wrong)
    kind, _new = PremisesKind.objects.update_or_create(code=code, defaults=asdict(data))
    record("premises_kind", code, "premises_kind.keep", actor=actor.user_id, at=at,
           facts={"inspection_days": data.inspection_days, "test_days": data.test_days,
                  "drill_days": data.drill_days, "retired": data.retired})  # fmt: skip
    return kind


@transaction.atomic
def need_device(
    code: str, *, device_kind: str, spot: str, connected: bool, actor: Actor, at: datetime
) -> Need:
    """Say that each place of a kind must have a device."""
    kind = _kind(code, actor)
    if device_kind not in DeviceKind.values or (spot and spot not in Spot.values):
        raise Invalid(_("Choose from the list."), {"device_kind": _("Choose from the list.")})
    need = Need(kind=kind, device_kind=device_kind, spot=spot, connected=connected)
    try:
        with transaction.atomic():
            need.save(force_insert=True)
    except IntegrityError as clash:
        raise IllegalMove(_("This device is asked for already.")) from clash
    _recorded(kind, "need", actor, at, device=device_kind, spot=spot)
    return need


@transaction.atomic
def drop_need(need_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Ask for a device no longer."""
    permit_kinds(actor)
    need = Need.objects.filter(pk=need_id).select_related("kind").first()
    if need is None:
        raise NotFound(_("There is no such line."))
    need.delete()
    _recorded(need.kind, "drop_need", actor, at, device=need.device_kind, spot=need.spot)


@transaction.atomic
def add_item(
    code: str, *, text: str, category: str, mend_days: int, text_en: str = "",
    actor: Actor, at: datetime,
) -> CheckItem:  # fmt: skip
    """Put a line at the end of a kind's check list."""
    kind = _kind(code, actor)
    wrong: dict[str, str] = {}
    if not text.strip() or len(text.strip()) > 120:
        wrong["text"] = _("Write what to look at, in up to 120 characters.")
    if not Category.objects.filter(code=category, kind="hazard", retired=False).exists():
        wrong["category"] = _("Choose from the list.")
    if not 0 <= mend_days <= LONGEST_TURN:
        wrong["mend_days"] = _("Between 0 (never) and ten years.")
    if wrong:
        raise Invalid(_("This can't be written down like that."), wrong)
    item = CheckItem(
        kind=kind, text=text.strip(), text_en=text_en.strip()[:160], category=category,
        mend_days=mend_days,
        position=CheckItem.objects.filter(kind=kind).count(),
    )  # fmt: skip
    item.save(force_insert=True)
    _recorded(kind, "add_item", actor, at, item=str(item.id))
    return item


@transaction.atomic
def retire_item(item_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Take a line off a check list; inspections that answered it stay as they are."""
    permit_kinds(actor)
    item = CheckItem.objects.filter(pk=item_id, retired=False).select_related("kind").first()
    if item is None:
        raise NotFound(_("There is no such line."))
    item.retired = True
    item.save(update_fields=["retired"])
    _recorded(item.kind, "retire_item", actor, at, item=str(item.id))


def _kind(code: str, actor: Actor) -> PremisesKind:
    permit_kinds(actor)
    kind = PremisesKind.objects.filter(pk=code).first()
    if kind is None:
        raise NotFound(_("There is no such kind."))
    return kind


def _recorded(kind: PremisesKind, what: str, actor: Actor, at: datetime, **facts: str) -> None:
    record(
        "premises_kind", kind.code, f"premises_kind.{what}", actor=actor.user_id, at=at, facts=facts
    )


def in_use(code: str) -> int:
    """Return how many open places are of a kind."""
    return Premises.objects.filter(kind=code, closed_on=None).count()
