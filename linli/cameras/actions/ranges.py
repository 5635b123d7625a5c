"""Numbers that are set: each within its range, or told beside its field."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

# Name → the least and the most it may be.
type Ranges = Mapping[str, tuple[float, float]]


def wrong_ranges(values: Mapping[str, float], ranges: Ranges) -> dict[str, str]:
    """Return a sentence for each value that lies outside its range."""
    return {
        name: _("From %(low)g to %(high)g.") % {"low": low, "high": high}
        for name, (low, high) in ranges.items()
        if name in values and not low <= values[name] <= high
    }
