"""Coverage as other systems and the command line read it: plain data."""

from typing import Any

from linli.accounts.actor import Actor
from linli.premises.queries.coverage import coverage


def coverage_report(
    actor: Actor, area: str, *, kind: str = "", device: str = ""
) -> list[dict[str, Any]]:
    """Return the live coverage by kind, with the exceptions by name and what each lacks."""
    return [
        {
            "kind": line.kind,
            "label": line.label,
            "covered": line.covered,
            "total": line.total,
            "exceptions": [
                {
                    "id": str(one.id),
                    "name": one.name,
                    "area": one.area,
                    "gaps": [
                        {"device": gap.device_kind, "spot": gap.spot, "why": gap.why}
                        for gap in one.gaps
                    ],
                }
                for one in line.exceptions
            ],
        }
        for line in coverage(actor, area, kind=kind, device=device)
    ]
