"""The navigation rail: which pages stand in it, for whom, and which of them is open now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import CASELESS, Actor
from linli.accounts.models import RoleKind
from linli.alarms.policy import may_open as answers_alarms
from linli.alarms.policy import warning_areas
from linli.cameras.policy import may_look as looks_at_cameras
from linli.dispatch.policy import dispatches, may_set
from linli.dispatch.supply_policy import may_open_stores
from linli.missing.policy import may_look_in as looks_for_missing
from linli.patrol.policy import may_open as opens_patrols
from linli.premises.policy import may_open as opens_premises
from linli.roads.policy import may_close

WORK, TOWN, LOOK_UP, HOUSE = range(4)
# What each group is called; daily work needs no name.
HEADINGS: Mapping[int, str | Promise] = {
    TOWN: _("The whole town"), LOOK_UP: _("Look up"), HOUSE: _("Keep house"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail, in a group of it."""

    view: str
    label: str | Promise
    icon: str
    may_open: Callable[[Actor], bool]
    group: int = WORK


@dataclass(frozen=True, slots=True)
class Link:
    """An entry with its address and its group's name, as the template writes it."""

    url: str
    label: str | Promise
    icon: str
    group: int
    heading: str | Promise
    is_current: bool


def _works_on_cases(actor: Actor) -> bool:
    return any(role.kind not in CASELESS for role in actor.roles)


def _sits_at_a_desk(actor: Actor) -> bool:
    return actor.holds(RoleKind.WINDOW_CLERK, RoleKind.CENTRE_DIRECTOR, RoleKind.DISPATCHER)


def _keeps_house(actor: Actor) -> bool:
    return actor.holds(RoleKind.ADMINISTRATOR)


def _reads_statutes(actor: Actor) -> bool:
    return _works_on_cases(actor) or _keeps_house(actor)


def _writes_rules(actor: Actor) -> bool:
    return actor.holds(RoleKind.ADMINISTRATOR, RoleKind.CENTRE_DIRECTOR)


def _reads_logs(actor: Actor) -> bool:
    return actor.holds(RoleKind.AUDITOR)


def _meets_residents(actor: Actor) -> bool:
    return actor.holds(
        RoleKind.WINDOW_CLERK,
        RoleKind.CENTRE_DIRECTOR,
        RoleKind.DISPATCHER,
        RoleKind.ADMINISTRATOR,
    )


def _looks_at_video(actor: Actor) -> bool:
    return actor.holds(RoleKind.DISPATCHER, RoleKind.CENTRE_DIRECTOR)


def _takes_tips(actor: Actor) -> bool:
    return _works_on_cases(actor) or _keeps_house(actor)


def _goes_out(actor: Actor) -> bool:
    return actor.holds(RoleKind.PATROL_LEADER, RoleKind.PATROL_MEMBER, RoleKind.VOLUNTEER)


def _leads_patrols(actor: Actor) -> bool:
    return opens_patrols(actor) and not _goes_out(actor)


def _warns(actor: Actor) -> bool:
    return bool(warning_areas(actor))


def _everybody(actor: Actor) -> bool:
    return actor.user_id is not None


# In the order of what cannot wait: the first that somebody may open stand at the bottom of a phone, too.
ENTRIES = (
    Entry("dispatch:mine", _("My unit"), icon="users-group", may_open=_goes_out),
    Entry("patrol:home", _("Patrol"), icon="walk", may_open=_goes_out),
    Entry("alarms:home", _("Alarms"), icon="urgent", may_open=answers_alarms),
    Entry("dispatch:board", _("Board"), icon="broadcast", may_open=dispatches),
    Entry("dispatch:home", _("Dispatch"), icon="ambulance", may_open=dispatches),
    Entry("cases:workbench", _("Workbench"), icon="checklist", may_open=_works_on_cases),
    Entry("cases:list", _("Cases"), icon="files", may_open=_works_on_cases),
    Entry("cases:register", _("New case"), icon="file-plus", may_open=_works_on_cases),
    Entry("mediation:list", _("Mediation"), icon="heart-handshake", may_open=_works_on_cases),
    Entry("portal:residents", _("Residents"), icon="message-circle", may_open=_meets_residents),
    Entry("tips:home", _("Tips"), icon="shield-lock", may_open=_takes_tips),
    Entry("notices:home", _("Notices"), icon="bell", may_open=_everybody),
    Entry("cases:map", _("Map"), icon="map-2", may_open=_works_on_cases, group=TOWN),
    Entry(
        "missing:list", _("Missing persons"), icon="user-search", may_open=looks_for_missing,
        group=TOWN,
    ),
    Entry("premises:list", _("Premises"), icon="building", may_open=opens_premises, group=TOWN),
    Entry("cameras:list", _("Cameras"), icon="device-cctv", may_open=looks_at_cameras, group=TOWN),
    Entry("cameras:video", _("Video"), icon="video", may_open=_looks_at_video, group=TOWN),
    Entry("patrol:home", _("Patrol"), icon="walk", may_open=_leads_patrols, group=TOWN),
    Entry(
        "alarms:warnings", _("Public warnings"), icon="speakerphone", may_open=_warns, group=TOWN
    ),
    Entry("dispatch:stores", _("Supplies"), icon="package", may_open=may_open_stores, group=TOWN),
    Entry("insight:home", _("Figures"), icon="chart-bar", may_open=_everybody, group=LOOK_UP),
    Entry("areas:home", _("Areas"), icon="building-community", may_open=_everybody, group=LOOK_UP),
    Entry("legal:home", _("Statutes"), icon="book", may_open=_reads_statutes, group=LOOK_UP),
    Entry("accounts:people", _("People"), icon="users", may_open=_keeps_house, group=HOUSE),
    Entry("cases:policies", _("Rules"), icon="settings", may_open=_keeps_house, group=HOUSE),
    Entry("reading:home", _("Reading"), icon="text-scan-2", may_open=_keeps_house, group=HOUSE),
    Entry("routing:home", _("Routing"), icon="route", may_open=_writes_rules, group=HOUSE),
    Entry(
        "mediation:committees", _("Mediation committees"), icon="heart-handshake",
        may_open=_keeps_house, group=HOUSE,
    ),
    Entry(
        "mediation:templates", _("Official forms"), icon="file-text", may_open=_keeps_house,
        group=HOUSE,
    ),
    Entry("alarms:desks", _("Where alarms ring"), icon="urgent", may_open=_keeps_house, group=HOUSE),
    Entry(
        "cameras:video_setup", _("Rules of video"), icon="video", may_open=_keeps_house,
        group=HOUSE,
    ),
    Entry(
        "dispatch:settings", _("Dispatch rules"), icon="list-check", may_open=may_set, group=HOUSE
    ),
    Entry(
        "roads:closed", _("Closed roads"), icon="barrier-block", may_open=may_close, group=HOUSE
    ),
    Entry(
        "roads:state", _("The map of the city"), icon="map-cog", may_open=_keeps_house, group=HOUSE
    ),
    Entry(
        "exchange:home", _("Connections"), icon="arrows-exchange", may_open=_keeps_house,
        group=HOUSE,
    ),
    Entry("intake:imports", _("Import"), icon="table-import", may_open=_sits_at_a_desk, group=HOUSE),
    Entry("accounts:log", _("Audit log"), icon="history", may_open=_reads_logs, group=HOUSE),
)  # fmt: skip
TABS = 4


@cache
def _address(view: str) -> str | None:
    try:
        return reverse(view)
    except NoReverseMatch:
        return None


def links(actor: Actor, path: str) -> list[Link]:
    """Return the rail of ``actor`` on the page ``path``; the deepest entry above it is current."""
    open_to = [
        (entry, url) for entry in ENTRIES if entry.may_open(actor) and (url := _address(entry.view))
    ]
    within = [
        url for _entry, url in open_to if path == url or (url != "/" and path.startswith(url))
    ]
    current = max(within, key=len, default=None)
    return [
        Link(
            url,
            entry.label,
            entry.icon,
            entry.group,
            HEADINGS.get(entry.group, ""),
            is_current=url == current,
        )
        for entry, url in open_to
    ]
