"""Saved filters: a person keeps the filters of a list under a name. Nobody else sees them."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.models import SavedFilter
from linli.kernel.errors import Invalid, NotFound

MOST = 30


@transaction.atomic
def save_filter(name: str, query: str, *, actor: Actor) -> SavedFilter:
    """Keep ``query``, a query string; a filter of the same name is replaced."""
    name = _checked(name)
    if not query or len(query) > 1000:
        raise Invalid(_("There is nothing to save: set a filter first."))
    mine = SavedFilter.objects.filter(user=actor.user_id)
    if mine.exclude(name=name).count() >= MOST:
        raise Invalid(_("You have saved %(most)s filters already; delete one.") % {"most": MOST})
    kept, _new = SavedFilter.objects.update_or_create(
        user_id=actor.user_id,
        name=name,
        defaults={"query": query},  # type: ignore[misc]
    )
    return kept


@transaction.atomic
def rename_filter(filter_id: UUID, name: str, *, actor: Actor) -> SavedFilter:
    """Give one's own filter another name, which no other of them has."""
    name = _checked(name)
    kept = _mine(filter_id, actor)
    if SavedFilter.objects.filter(user=actor.user_id, name=name).exclude(pk=kept.pk).exists():
        raise Invalid(_("You have a filter of this name already."), {"name": _("Choose another.")})
    kept.name = name
    kept.save(update_fields=["name"])
    return kept


@transaction.atomic
def delete_filter(filter_id: UUID, *, actor: Actor) -> None:
    """Forget one's own filter."""
    _mine(filter_id, actor).delete()


def _checked(name: str) -> str:
    name = name.strip()
    if not 1 <= len(name) <= 40:
        message = _("Give the filter a name of up to 40 characters.")
        raise Invalid(message, {"name": message})
    return name


def _mine(filter_id: UUID, actor: Actor) -> SavedFilter:
    kept = SavedFilter.objects.filter(pk=filter_id, user=actor.user_id).first()
    if kept is None:
        raise NotFound(_("There is no such filter."))
    return kept
