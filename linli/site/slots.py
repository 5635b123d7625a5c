"""Which app fills which slot of another app's page: slot → functions ``(request, **given) → html``."""

from collections.abc import Mapping, Sequence

SLOTS: Mapping[str, Sequence[str]] = {
    "area": ["linli.insight.slots.area_figures"],
    "person_desk": ["linli.cases.web.desk.person_desk"],
}
