"""Coverage: the live figure by kind and by area, with the exceptions by name."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from linli.areas import choosing
from linli.areas.models import Area
from linli.kernel.errors import NotPermitted
from linli.kernel.working_days import local_date
from linli.premises.choices import DeviceKind
from linli.premises.queries.coverage import Covered, Gap, coverage, words_of
from linli.premises.web.asking import home_trail
from linli.premises.web.forms import FilterForm
from linli.premises.web.lists import permitted


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show how many places of each kind have what they must have."""
    actor = permitted(request)
    path = choosing.way_to(actor, request.GET.get("area", ""))
    if not path:
        raise NotPermitted(_("You have no role in an area, and figures belong to areas."))
    area, below = path[-1], choosing.below(path[-1].code)
    form = FilterForm(request.GET, areas=choosing.choices(actor, path, below))
    for name in ("q", "devices", "overdue", "closed"):
        del form.fields[name]
    asked = form.asked()
    step = len(below[0].code) if below else 0
    lines = coverage(actor, asked.area or area.code, kind=asked.kind, step=step)
    context = {
        "lines": [_shown(line, below) for line in lines],
        "area": area,
        "form": form,
        "alarms": _alarms(coverage(actor, area.code, device=DeviceKind.ONE_KEY_ALARM)),
        "now": timezone.now(),
        "today": local_date(timezone.now()),
        "trail": home_trail(),
        "api_url": f"/api/v1/premises/coverage?{urlencode({'area': area.code})}",
    }
    return render(request, "premises/coverage.html", context)


def _alarms(lines: Sequence[Covered]) -> list[dict[str, object]]:
    """Return the figure everybody asks for first: places with a connected one-key alarm."""
    return [
        {
            "name": _("%(kind)s with a connected one-key alarm") % {"kind": line.label},
            "value": f"{line.covered}/{line.total}",
            "light": "green" if line.whole else "red",
            "url": f"#{line.kind}",
        }
        for line in lines
    ]


def _shown(line: Covered, below: Sequence[Area]) -> dict[str, object]:
    return {
        "line": line,
        "needs": "、".join(
            words_of(Gap(need.device_kind, need.spot, "missing")) for need in line.needs
        ),
        "exceptions": [
            (one, [f"{words_of(gap)}: {why(gap)}" for gap in one.gaps]) for one in line.exceptions
        ],
        "areas": [
            (one, *line.by_area[one.code], f"{reverse('premises:coverage')}?area={one.code}")
            for one in below
            if one.code in line.by_area
        ],
    }


def why(gap: Gap) -> str:
    """Return the reason of a gap in words."""
    return {
        "missing": pgettext("coverage", "missing"),
        "unconnected": pgettext("coverage", "not connected"),
        "offline": pgettext("coverage", "offline"),
        "fault": pgettext("coverage", "fault"),
    }[gap.why]
