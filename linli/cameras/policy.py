"""Who may see a camera and who may keep it: the single source of both.

``visible_to`` and the SQL under it say the same thing, once for the index and once for row security.
Administrators keep the registry of their area, whoever owns a camera there. Directors and dispatchers
see the cameras that belong to the centres of their area. Whoever works in the unit that owns or runs
a camera sees it, and so does, under a living agreement, the unit it is shared with. Nobody else.
"""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Now, Substr
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import RoleKind
from linli.accounts.policy import CITY_LENGTH
from linli.accounts.scope import in_area
from linli.areas.models import Unit
from linli.cameras.models import Agreement, AgreementCamera, Camera
from linli.kernel.errors import NotPermitted
from linli.kernel.row_security import USER

KEEPING = (RoleKind.ADMINISTRATOR,)
SEEING = (RoleKind.CENTRE_DIRECTOR, RoleKind.DISPATCHER)
WORKING = (*SEEING, RoleKind.DEPARTMENT_OFFICER)

LIVING_SQL = "a.begins_at <= now() AND a.ends_at > now() AND a.ended_at IS NULL"
SHARED_SQL = f"""EXISTS (SELECT FROM cameras_agreement a
  WHERE a.giving_id = cameras_camera.owner_id
    AND a.taking_id = ANY ((SELECT cameras_units())::uuid[]) AND {LIVING_SQL}
    AND CASE WHEN a.by_list THEN EXISTS (SELECT FROM cameras_agreementcamera l
        WHERE l.agreement_id = a.id AND l.camera_id = cameras_camera.id)
      ELSE cameras_camera.area_id ^@ a.area
        AND (a.classes = '{{}}' OR cameras_camera.legal_class = ANY (a.classes)) END)"""  # noqa: S608 - constants
VISIBLE_SQL = f"""area_id ^@ ANY ((SELECT cameras_kept())::text[])
  OR (of_centre AND area_id ^@ ANY ((SELECT cameras_seen())::text[]))
  OR owner_id = ANY ((SELECT cameras_units())::uuid[])
  OR managing_id = ANY ((SELECT cameras_units())::uuid[])
  OR {SHARED_SQL}"""
AGREEMENT_SQL = """giving_id = ANY ((SELECT cameras_units())::uuid[])
  OR taking_id = ANY ((SELECT cameras_units())::uuid[])
  OR EXISTS (SELECT FROM areas_unit u WHERE u.id IN (giving_id, taking_id)
    AND u.area_id ^@ ANY ((SELECT cameras_kept())::text[]))"""


def _listed(kinds: Iterable[str]) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)


def _function(name: str, kind: str, column: str, kinds: Iterable[str]) -> str:
    return f"""
CREATE FUNCTION {name}() RETURNS {kind}[]
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce((SELECT array_agg(DISTINCT r.{column}) FROM accounts_role r
    WHERE r.user_id = {USER} AND r.kind IN ({_listed(kinds)}) AND r.{column} IS NOT NULL
      AND r.starts <= (now() AT TIME ZONE '{settings.TIME_ZONE}')::date
      AND (r.ends IS NULL OR r.ends >= (now() AT TIME ZONE '{settings.TIME_ZONE}')::date)), '{{}}')
$$;"""  # noqa: S608 - constants


FUNCTIONS_SQL = (
    _function("cameras_kept", "text", "area", KEEPING)
    + _function("cameras_seen", "text", "area", SEEING)
    + _function("cameras_units", "uuid", "unit", WORKING)
)
# Figures are numbers: every role reads those of its area.
FIGURES_FUNCTION_SQL = _function("cameras_figures", "text", "area", RoleKind.values)
FIGURES_SQL = """area_id ^@ ANY ((SELECT cameras_figures())::text[])
  OR owner_id = ANY ((SELECT cameras_units())::uuid[])"""


def kept_areas(actor: Actor) -> tuple[str, ...]:
    """Return the areas whose registry the actor keeps, whoever owns a camera there."""
    return tuple(sorted({role.area for role in actor.roles if role.kind in KEEPING}))


def units_of(actor: Actor) -> tuple[UUID, ...]:
    """Return the units for which the actor looks after cameras."""
    found = (role.unit for role in actor.roles if role.unit and role.kind in WORKING)
    return tuple(dict.fromkeys(found))


def living() -> Q:
    """Return the filter for agreements that hold now."""
    return Q(begins_at__lte=Now(), ends_at__gt=Now(), ended_at=None)


def visible_to(actor: Actor, way: str = "") -> Q:
    """Return the filter for the cameras the actor may see.

    ``way`` leads from other rows to their camera, such as ``camera__``.
    """
    if actor.is_system:
        return Q()
    found = Q(pk__in=[])
    for code in kept_areas(actor):
        found |= in_area(code, f"{way}area_id")
    for code in {role.area for role in actor.roles if role.kind in SEEING}:
        found |= in_area(code, f"{way}area_id") & Q(**{f"{way}of_centre": True})
    if units := units_of(actor):
        found |= Q(**{f"{way}owner_id__in": units}) | Q(**{f"{way}managing_id__in": units})
        found |= Q(Exists(_agreements(units, way)))
    return found


def _agreements(units: Iterable[UUID], way: str) -> QuerySet[Agreement]:
    listed = AgreementCamera.objects.filter(
        agreement=OuterRef("pk"), camera=OuterRef(OuterRef(f"{way}pk"))
    )
    shared = Agreement.objects.filter(
        living(), giving=OuterRef(f"{way}owner_id"), taking__in=list(units)
    )
    code, kind = OuterRef(f"{way}area_id"), OuterRef(f"{way}legal_class")
    in_scope = Q(_starts=F("area")) & (Q(classes=[]) | Q(classes__contains=[kind]))
    return shared.annotate(_starts=Substr(code, 1, Length("area"))).filter(
        (Q(by_list=True) & Exists(listed)) | (Q(by_list=False) & in_scope)
    )


def agreements_of(actor: Actor) -> Q:
    """Return the filter for the agreements the actor may read."""
    if actor.is_system:
        return Q()
    units = units_of(actor)
    found = Q(giving__in=units) | Q(taking__in=units)
    for code in kept_areas(actor):
        found |= in_area(code, "giving__area_id") | in_area(code, "taking__area_id")
    return found


def may_look(actor: Actor) -> bool:
    """Say whether the actor may open the registry at all; rows are scoped besides."""
    return actor.is_system or actor.holds(*KEEPING, *WORKING)


def may_keep_some(actor: Actor) -> bool:
    """Say whether there may be a camera that the actor may register."""
    return actor.is_system or actor.holds(RoleKind.ADMINISTRATOR, RoleKind.CENTRE_DIRECTOR)


def may_keep(actor: Actor, area: str, *, of_centre: bool) -> bool:
    """Say whether the actor keeps the registry of cameras in ``area``.

    Administrators keep all there, directors those of the centres.
    """
    if actor.is_system or actor.reaches(area, KEEPING):
        return True
    return of_centre and actor.reaches(area, (RoleKind.CENTRE_DIRECTOR,))


def may_keep_camera(actor: Actor, camera: Camera) -> bool:
    """Say whether the actor may change this camera's entry."""
    return may_keep(actor, camera.area_id, of_centre=camera.of_centre)


def may_conclude(actor: Actor, giving: Unit) -> bool:
    """Say whether the actor may share the cameras of ``giving``: the giving side alone gives.

    Administrators of its area, its director, and the officers of a department.
    """
    if actor.is_system or actor.reaches(giving.area_id, KEEPING):
        return True
    return actor.works_in(giving.id, (RoleKind.CENTRE_DIRECTOR, RoleKind.DEPARTMENT_OFFICER))


def may_conclude_some(actor: Actor) -> bool:
    """Say whether there may be a unit whose cameras the actor may share."""
    return may_keep_some(actor) or actor.holds(RoleKind.DEPARTMENT_OFFICER)


def may_end(actor: Actor, agreement: Agreement) -> bool:
    """Say whether the actor may end an agreement: either side may."""
    return may_conclude(actor, agreement.giving) or may_conclude(actor, agreement.taking)


def may_mend(actor: Actor, camera: Camera, assigned: UUID | None) -> bool:
    """Say whether the actor may say that a camera is mended: its unit's people, and its keepers."""
    if assigned is not None and assigned in units_of(actor):
        return True
    return may_keep_camera(actor, camera)


def may_set_up(actor: Actor) -> bool:
    """Say whether the actor sets limits and networks: administrators of a city."""
    return actor.is_system or any(
        role.kind in KEEPING and len(role.area) <= CITY_LENGTH for role in actor.roles
    )


def permit(allowed: bool) -> None:
    """Raise :class:`NotPermitted` unless ``allowed``."""
    if not allowed:
        raise NotPermitted(
            _("Cameras are kept by administrators, and by directors those of their centres."),
            _("Ask the administrator of your area."),
        )
