"""Choose: a person corrects which column is which field, once; it may be kept under a name."""

from collections.abc import Mapping as Map
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.intake import lifecycle
from linli.intake.actions.step import locked, look_of
from linli.intake.fields import EXTRA, FIELDS, IGNORE
from linli.intake.layout import Layout
from linli.intake.models import Batch, Mapping
from linli.kernel.errors import Invalid


@transaction.atomic
def choose_layout(
    batch_id: UUID,
    layout: Layout,
    *,
    actor: Actor,
    at: datetime,
    options: Map[str, bool] | None = None,
) -> Batch:
    """Set how an import's columns are read.

    ``options``: ``send`` has what is still open assigned by the routing rules, ``read`` has kind,
    category and place read from the text where a row does not say; both hold unless set.
    """
    batch = locked(batch_id, actor, lifecycle.READY)
    check_layout(layout)
    batch.plan = {**batch.plan, "layout": layout.kept()}
    if options is not None:
        batch.plan["options"] = dict(options)
    batch.touched_at = at
    batch.save(update_fields=["plan", "touched_at"])
    return batch


@transaction.atomic
def save_mapping(batch_id: UUID, name: str, *, actor: Actor, at: datetime) -> Mapping:
    """Keep an import's layout for the next file of its shape; a name that is known gets this one."""
    batch = locked(batch_id, actor, lifecycle.READY)
    name = " ".join(name.split())
    if not 1 <= len(name) <= 60:
        raise Invalid(_("The mapping needs a name."), {"name": _("Write 1 to 60 characters.")})
    layout = Layout.of(batch.plan["layout"])
    found = Mapping.objects.select_for_update().filter(name=name).first()
    mapping = found or Mapping(name=name)
    mapping.shape, mapping.source = look_of(batch).shape, layout.source or name
    mapping.layout = {**layout.kept(), "source": mapping.source}
    mapping.changed_at, mapping.changed_by_id = at, actor.user_id
    mapping.save()
    batch.mapping = name
    batch.plan = {**batch.plan, "layout": mapping.layout}
    batch.save(update_fields=["mapping", "plan"])
    record("mapping", mapping.id, "mapping.save", actor=actor.user_id, at=at)
    return mapping


def check_layout(layout: Layout) -> None:
    """Raise :class:`Invalid` where a field is unknown, used twice, or needed and missing."""
    used = [name for name in layout.columns.values() if name not in (IGNORE, EXTRA)]
    for name in used:
        if name not in FIELDS:
            raise Invalid(_("There is no field “%(name)s”.") % {"name": name})
        if used.count(name) > 1 and not FIELDS[name].many:
            raise Invalid(
                _("Two columns are “%(field)s”: choose one.") % {"field": FIELDS[name].label},
                {"columns": _("Choose one.")},
            )
    if "title" not in used and "description" not in used:
        raise Invalid(
            _("No column is the title or the description."),
            {"columns": _("Say which column tells what it is about.")},
        )
