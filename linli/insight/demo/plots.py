"""How a dispute of the history goes, from the desk to the archive: chosen by chance, within the law."""

from dataclasses import dataclass
from random import Random
from uuid import UUID

from linli.accounts.models import RoleKind as R
from linli.insight.demo.grammar import speak
from linli.insight.demo.moments import NOON, OPENS, WORKDAY, day_at, moment
from linli.insight.demo.notes import NOTES
from linli.insight.demo.staff import Desk
from linli.insight.demo.story import Story

MINUTE = 60
LEVELS = ("grid", "village", "township", "county", "city")
# Category → the department that works on it where a township or a county has one.
OFFICES = {
    "family": ("justice", "court"),
    "contract": ("justice", "court"),
    "damages": ("police", "court"),
    "traffic": ("police", "police"),
    "wages": ("labour", "labour"),
    "labour": ("labour", "labour"),
    "land": ("justice", "land"),
    "homestead": ("justice", "land"),
    "demolition": ("justice", "housing"),
    "property": ("justice", "housing"),
    "medical": ("justice", "health"),
    "consumer": ("justice", "market"),
    "e_commerce": ("justice", "market"),
}


@dataclass(frozen=True, slots=True)
class Plot:
    """What shall become of a case: at which level it ends, and how."""

    category: str
    level: str
    ending: str = "resolve"
    hurried: bool = False


def live(story: Story, plot: Plot) -> None:
    """Let a registered case go on until it is archived or has ended otherwise."""
    if plot.ending == "decline":
        _end(story, plot)
        return
    _send(story, plot)
    while LEVELS.index(story.level) < LEVELS.index(plot.level):
        _take(story, plot)
        if story.rng.random() < 0.7:
            _progress(story, plot)
        story.escalate(_some(story, plot, 10, 200), _say(story, "escalate"))
    _take(story, plot)
    _work(story, plot)
    _end(story, plot)
    if plot.ending == "resolve":
        _archive(story, plot)


def _some(story: Story, plot: Plot, least: int, most: int) -> int:
    """Return seconds of office hours: between ``least`` and ``most`` minutes, few when hurried."""
    if plot.hurried:
        return 2 * MINUTE
    return MINUTE * (least + int(story.rng.random() * (most - least)))


def _say(story: Story, verb: str) -> str:
    return speak(story.rng, NOTES[verb])


def _one(rng: Random, people: list[UUID]) -> UUID:
    return people[int(rng.random() * len(people))]


def worker(rng: Random, desk: Desk) -> UUID:
    """Return who takes a case in hand in a unit: seldom the director where there are others."""
    for kind in (R.MEDIATOR, R.GRID_WORKER, R.DEPARTMENT_OFFICER, R.WINDOW_CLERK):
        if (people := desk.people.get(kind)) and rng.random() < 0.9:
            return _one(rng, people)
    return _one(rng, next(iter(desk.people.values())))


def sender(desk: Desk) -> UUID | None:
    """Return who at a desk may assign; None lets the worker do it after ten minutes."""
    for kind in (R.WINDOW_CLERK, R.DISPATCHER, R.CENTRE_DIRECTOR):
        if people := desk.people.get(kind):
            return people[0]
    return None


def _send(story: Story, plot: Plot) -> None:
    """Assign the case to the lowest post that covers its place; sometimes it comes back."""
    desk, rng = story.holder, story.rng
    actor = sender(desk)
    if actor is not None and rng.random() < 0.03:
        facts = {"category": plot.category}
        story.do("classify", _some(story, plot, 2, 20), actor, facts=facts)
    target = story.city.posts[story.area]
    _assign(story, plot, target, actor)
    if actor is None or target is desk or plot.hurried or rng.random() > 0.035:
        return
    for _ in range(3 if rng.random() < 0.05 else 1):
        back = worker(story.rng, target)
        story.give_back(_some(story, plot, 5, 150), back, _say(story, "return"), desk)
        director = desk.people[R.CENTRE_DIRECTOR][0]
        _assign(story, plot, target, director)


def _assign(story: Story, plot: Plot, target: Desk, actor: UUID | None) -> None:
    if actor is None:
        # The worker sends on what lay for ten minutes, at whatever hour.
        story.do_at("assign", story.at + 602, None, facts=_to(target), to=target)
    else:
        story.assign(_some(story, plot, 2, 45), actor, target)


def _to(target: Desk) -> dict[str, str | None]:
    return {"to_unit": str(target.id), "handler": None}


def _take(story: Story, plot: Plot) -> None:
    """Accept where the case is; a township or county may first send it to a department."""
    rng = story.rng
    if story.holder.kind == "centre" and story.level in ("township", "county", "city"):
        office = _office(story, plot.category)
        if office is not None and rng.random() < 0.6:
            story.assign(_some(story, plot, 3, 60), sender(story.holder), office)
    story.accept(_some(story, plot, 4, 110), worker(story.rng, story.holder))


def _office(story: Story, category: str) -> Desk | None:
    area = story.holder.area
    low, high = OFFICES.get(category, ("", ""))
    if story.level == "township" and not low:
        return story.city.committees[area]
    return story.city.departments[area].get(low if story.level == "township" else high)


def _progress(story: Story, plot: Plot) -> None:
    story.do("progress", _some(story, plot, 20, 240), story.handler, _say(story, "progress"))


def _work(story: Story, plot: Plot) -> None:
    """Everything between accepting and the end."""
    rng = story.rng
    if plot.hurried:
        return
    if story.difficulty == "complex" or rng.random() < 0.02:
        _ask_for_time(story, plot)
    if rng.random() < 0.62:
        _progress(story, plot)
    chance = rng.random()
    if chance < 0.02:
        _pause(story, plot)
    elif chance < 0.035:
        helper = _helper(story)
        if helper is not None:
            story.assist(_some(story, plot, 5, 60), helper)
            _progress(story, plot)
    elif chance < 0.05:
        _nudge(story, plot, "remind")
    elif chance < 0.056:
        _nudge(story, plot, "supervise")
    elif chance < 0.066:
        _hand_over(story, plot)
    if story.difficulty == "complex":
        for _ in range(int(rng.random() * 3)):
            _progress(story, plot)


def _ask_for_time(story: Story, plot: Plot) -> None:
    above = story.city.above(story.holder.area)
    if above is None or not (directors := above.people.get(R.CENTRE_DIRECTOR)):
        return
    days = story.rng.choice((3, 5, 7, 10))
    story.ask_for_time(_some(story, plot, 5, 90), days, _say(story, "extend"))
    granted = story.rng.random() < 0.93
    note = _say(story, "grant" if granted else "deny")
    story.answer(_some(story, plot, 10, 180), directors[0], granted, note)


def _pause(story: Story, plot: Plot) -> None:
    story.do("suspend", _some(story, plot, 10, 120), story.handler, _say(story, "suspend"))
    wait = WORKDAY * story.rng.randint(2, 12)
    story.do("resume", wait, story.handler)


def _helper(story: Story) -> Desk | None:
    offices = list(story.city.departments.get(story.area[:9], {}).values())
    offices = [desk for desk in offices if desk is not story.holder]
    return story.rng.choice(offices) if offices else None


def _nudge(story: Story, plot: Plot, verb: str) -> None:
    """Let the director of the centre above press for it."""
    above = story.city.above(story.holder.area)
    if above is None or not (directors := above.people.get(R.CENTRE_DIRECTOR)):
        return
    story.do(verb, _some(story, plot, 10, 200), directors[0], _say(story, verb))
    if verb == "remind":
        story.reminders += 1
    else:
        story.supervised = True


def _hand_over(story: Story, plot: Plot) -> None:
    everybody = [person for people in story.holder.people.values() for person in people]
    others = [person for person in everybody if person != story.handler]
    if not others:
        return
    person = _one(story.rng, others)
    facts = {"from": str(story.handler) if story.handler else None, "handler": str(person)}
    note = _say(story, "hand_over")
    story.do("hand_over", _some(story, plot, 10, 120), story.handler, note, facts=facts)
    story.handler = person


def _end(story: Story, plot: Plot) -> None:
    rng = story.rng
    match plot.ending:
        case "resolve":
            story.resolve(_some(story, plot, 25, 260), _say(story, "resolve"))
            if not plot.hurried and rng.random() < 0.006:
                _come_back(story, plot)
        case "refer":
            place = rng.choices(("court", "arbitration", "legal_aid", "petitions"), (7, 2, 2, 1))[0]
            facts = {"destination": place}
            after = _some(story, plot, 60, 500)
            story.do("refer", after, story.handler, _say(story, "refer"), facts=facts)
            story.referred_to = place
        case "withdraw":
            story.do(
                "withdraw", _some(story, plot, 10, 300), story.handler, _say(story, "withdraw")
            )
        case "decline":
            actor = sender(story.holder)
            story.do("decline", _some(story, plot, 5, 90), actor, _say(story, "decline"))


def _come_back(story: Story, plot: Plot) -> None:
    """It did not hold: the follow-up finds out, and it is resolved again."""
    handler = story.handler
    assert handler is not None  # noqa: S101
    at = story.terms.calendar.later(story.at, WORKDAY * 3)
    story.follow_up(max(at, story.at + 61), handler, "visit", 2, True)
    story.reopen(_some(story, plot, 10, 60), handler, _say(story, "reopen"))
    _progress(story, plot)
    story.resolve(_some(story, plot, 30, 200), _say(story, "resolve"))


def _archive(story: Story, plot: Plot) -> None:
    """Follow up in the second or third week, then close."""
    rng, actor = story.rng, story.handler
    assert actor is not None  # noqa: S101
    calendar = story.terms.calendar
    first, last = (8, 21) if story.kind == "dispute" else (1, 1)
    day = calendar.on_or_after(day_at(story.at) + rng.randint(first, last))
    at = moment(day, OPENS + int(rng.random() * (NOON - OPENS - 3600)))
    way = rng.choices(("visit", "phone", "message"), (5, 4, 1))[0]
    satisfaction = rng.choices((5, 4, 3, 2, 1), (58, 32, 7, 2, 1))[0]
    story.follow_up(max(at, story.at + 61), actor, way, satisfaction, False)
    story.close(_some(story, plot, 3, 120), actor)
