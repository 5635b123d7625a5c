"""A situation report on paper: the text as it was given, set as the house sets its papers."""

from functools import cache

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from linli.dispatch.models import Incident, SituationReport
from linli.dispatch.queries.situation import titles
from linli.mediation.papers.bind import print_word
from linli.mediation.papers.blocks import Each, FormSheet, Heading, Text, When
from linli.mediation.papers.fill import fill
from linli.mediation.papers.word_template import template_of
from linli.notices.lifecycle import LANGUAGES

SHEET = FormSheet(
    (
        Heading("{{ title }}"),
        Text("{{ about }}", align="center", size=11),
        Text("", size=8),
        Each(
            "line in lines",
            (
                When("line.is_head", (Text("", size=6), Text("{{ line.text }}", bold=True))),
                When("not line.is_head", (Text("{{ line.text }}", size=11),)),
            ),
        ),
    )
)


def situation_pdf(incident: Incident, report: SituationReport) -> bytes:
    """Return a situation report as PDF; nothing stands in it that is not in the report."""
    given = date_format(localtime(report.at), "Y-m-d H:i")
    about = [incident.case.number, given, report.by.name if report.by else ""]
    words = {
        "title": _("Situation report No. %(n)s") % {"n": report.number},
        "about": " · ".join(filter(None, about)),
        "lines": [
            {"text": line, "is_head": line in _heads()}
            for line in report.text.splitlines()
            if line.strip()
        ],
    }
    return print_word(fill(_template(), words))


@cache
def _template() -> bytes:
    return template_of(SHEET)


@cache
def _heads() -> frozenset[str]:
    """Return the titles of a report's parts, in the languages it may have been given in."""
    found: set[str] = set()
    for language in LANGUAGES:
        with translation.override(language):
            found |= set(titles())
    return frozenset(found)
