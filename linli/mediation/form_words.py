"""The words of the official form: its groups of columns and what stands over each."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from linli.cases.queries.categories import categories
from linli.mediation.choices import Averted, CommitteeKind, Form, Source
from linli.mediation.models import Facet

_CHOICES = {
    Facet.SOURCE: Source,
    Facet.COMMITTEE: CommitteeKind,
    Facet.FORM: Form,
    Facet.AVERTED: Averted,
}


def headings() -> dict[str, str]:
    """Return the groups of the form in their order, with their headings."""
    return {
        Facet.COMMITTEE: _("By kind of committee"),
        Facet.SOURCE: _("By source"),
        Facet.TYPE: _("By type of dispute"),
        Facet.FORM: _("Agreements"),
        Facet.AVERTED: _("Averted"),
    }


def naming(facet: str) -> Callable[[str], str]:
    """Return what gives the word of a facet's value."""
    if facet == Facet.TYPE:
        names = {one.code: one.label for one in categories()}
        names[""] = _("not classified")
    else:
        names = {value: str(label) for value, label in _CHOICES[Facet(facet)].choices}
        names[""] = _("form not written down")
    return lambda value: names.get(value, value)


def money(amount: Decimal) -> str:
    """Write an amount in yuan with its thousands apart."""
    return f"{amount:,.2f}"
