"""Who may report somebody missing, open a search, take part in it and read what is in it.

That there is a search, dispatchers and directors who reach its area know, so that they can open it,
renew it or join. What is in it is read by those who take part, and joining is on record. Auditors see
the log, nothing else.
"""

from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import RoleKind
from linli.accounts.scope import in_area
from linli.cases.policy import may_register
from linli.kernel.errors import NotPermitted
from linli.kernel.ids import read_id
from linli.kernel.row_security import USER
from linli.missing.models import Member, Search

DECIDING = frozenset({RoleKind.DISPATCHER, RoleKind.CENTRE_DIRECTOR})
# Whoever may be asked to look or to walk: they join by being told.
SEARCHING = DECIDING | {
    RoleKind.GRID_WORKER,
    RoleKind.PATROL_LEADER,
    RoleKind.PATROL_MEMBER,
    RoleKind.WINDOW_CLERK,
}
TODAY = f"(now() AT TIME ZONE '{settings.TIME_ZONE}')::date"


def _areas_sql(name: str, kinds: frozenset[str]) -> str:
    listed = ", ".join(f"'{kind}'" for kind in sorted(kinds))
    return f"""
CREATE FUNCTION {name}() RETURNS text[]
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce((SELECT array_agg(DISTINCT r.area) FROM accounts_role r
    WHERE r.user_id = {USER} AND r.kind IN ({listed})
      AND r.starts <= {TODAY} AND (r.ends IS NULL OR r.ends >= {TODAY})), '{{}}')
$$;"""  # noqa: S608 - constants


_MEMBER_SQL = f"""
CREATE FUNCTION missing_member(_search uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT FROM missing_member WHERE search_id = _search AND user_id = {USER})
$$;"""  # noqa: S608 - constants
FUNCTIONS_SQL = _areas_sql("missing_decided", DECIDING) + _MEMBER_SQL
SEARCH_SQL = "area ^@ ANY ((SELECT missing_decided())::text[]) OR missing_member(id)"
MEMBER_SQL = (
    f"user_id = {USER}"
    " OR EXISTS (SELECT FROM missing_search s WHERE s.id = missing_member.search_id)"
)
INSIDE_SQL = "missing_member(search_id)"


def known_to(actor: Actor) -> Q:
    """Return the filter for the searches an actor knows of."""
    if actor.is_system:
        return Q()
    found = Q(members__user=actor.user_id)
    for role in actor.roles:
        if role.kind in DECIDING:
            found |= in_area(role.area, "area")
    return Q(pk__in=Search.objects.filter(found).values("pk"))


def somebody(actor: Actor) -> UUID:
    """Return who the actor is; raise :class:`NotPermitted` for nobody in person."""
    if actor.user_id is None:
        raise NotPermitted(_("A search is led by people."))
    return actor.user_id


def takes_part(actor: Actor, search: Search) -> bool:
    """Say whether the actor reads what is in a search."""
    return actor.is_system or Member.objects.filter(search=search, user=actor.user_id).exists()


def may_listen(actor: Actor, search: str) -> bool:
    """Hear that a search (its id as text) has changed: those who take part."""
    key = read_id(search)
    return key is not None and Member.objects.filter(search=key, user=actor.user_id).exists()


def decides(actor: Actor, search: Search) -> bool:
    """Say whether the actor may open, renew and end the search: a dispatcher or director there."""
    return actor.is_system or actor.reaches(search.area, DECIDING)


def may_report(actor: Actor) -> bool:
    """Whoever takes matters in may take this one in."""
    return may_register(actor) and actor.user_id is not None


def may_look_in(actor: Actor) -> bool:
    """Say whether there may be searches for the actor to see."""
    return actor.holds(*SEARCHING)


def permit_report(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor takes matters in."""
    if not may_report(actor):
        raise NotPermitted(_("A missing person is reported at a window, a grid or by phone."))


def permit_part(actor: Actor, search: Search) -> None:
    """Raise :class:`NotPermitted` unless the actor takes part."""
    if not takes_part(actor, search):
        raise NotPermitted(
            _("Only those who take part in the search may do this."),
            _("Join it first: joining is on record."),
        )


def permit_decide(actor: Actor, search: Search) -> None:
    """Raise :class:`NotPermitted` unless the actor decides about the search."""
    if not decides(actor, search):
        raise NotPermitted(_("A search is led by dispatchers and directors of the area."))
