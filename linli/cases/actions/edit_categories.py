"""The city's own categories: added under a type, renamed, retired. None is deleted: cases keep it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.actions.set_deadline_rule import permit_policies
from linli.cases.choices import Kind
from linli.cases.models import Category
from linli.cases.queries.categories import forget_categories
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.ids import new_id


@transaction.atomic
def add_category(
    *, kind: str, parent: str, name: str, name_en: str, actor: Actor, at: datetime
) -> Category:
    """Add a category of ``kind``, under the type ``parent`` (a code) unless that is empty."""
    permit_policies(actor)
    if kind not in Kind.values:
        raise Invalid(_("The kind is missing."), {"kind": _("Choose one of the list.")})
    above = _category(parent) if parent else None
    if above and (above.kind != kind or above.parent_id):
        raise Invalid(
            _("A category lies under a type of its own kind."), {"parent": _("Choose another one.")}
        )
    _check_name(name, kind)
    last = Category.objects.filter(kind=kind).order_by("-position").first()
    category = Category(
        code=f"own_{new_id().hex[-12:]}", kind=kind, parent=above, name=name.strip(),
        name_en=name_en.strip(), position=above.position if above else (last.position if last else 0),
    )  # fmt: skip
    category.save(force_insert=True)
    _record("case.add_category", category, actor, at)
    return category


@transaction.atomic
def rename_category(code: str, *, name: str, name_en: str, actor: Actor, at: datetime) -> Category:
    """Give a category other names; cases show the new one."""
    permit_policies(actor)
    category = _category(code)
    _check_name(name, category.kind, but=code)
    category.name, category.name_en = name.strip(), name_en.strip()
    category.save(update_fields=["name", "name_en"])
    _record("case.rename_category", category, actor, at)
    return category


@transaction.atomic
def retire_category(code: str, *, retired: bool, actor: Actor, at: datetime) -> Category:
    """Offer a category no longer, or again; the one under it stay as they are."""
    permit_policies(actor)
    category = _category(code)
    category.retired = retired
    category.save(update_fields=["retired"])
    _record("case.retire_category" if retired else "case.offer_category", category, actor, at)
    return category


def _category(code: str) -> Category:
    found = Category.objects.select_for_update().filter(pk=code).first()
    if found is None:
        raise NotFound(_("There is no such category."))
    return found


def _check_name(name: str, kind: str, but: str = "") -> None:
    name = name.strip()
    if not 1 <= len(name) <= 40:
        raise Invalid(_("The name is missing."), {"name": _("Write 1 to 40 characters.")})
    if Category.objects.filter(kind=kind, name=name).exclude(pk=but).exists():
        raise Invalid(_("This name is taken."), {"name": _("Choose another name.")})


def _record(event: str, category: Category, actor: Actor, at: datetime) -> None:
    facts = {"kind": category.kind, "parent": category.parent_id, "retired": category.retired}
    record("category", category.code, event, actor=actor.user_id, at=at, facts=facts)
    transaction.on_commit(forget_categories)
