"""Small elements that need more than an include: moments, lights, query strings."""

import datetime
from decimal import Decimal

from django import template
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from linli.legal.marks import marked

register = template.Library()

LIGHT_WORDS = {
    "blue": gettext_lazy("On time"),
    "yellow": gettext_lazy("Near deadline"),
    "red": gettext_lazy("Overdue"),
    "green": pgettext_lazy("light", "Resolved"),
}


def _distance(moment: datetime.datetime) -> str:
    now = timezone.now()
    if moment > now:
        return _("in %(distance)s") % {"distance": timeuntil(moment, now, depth=1)}
    if now - moment < datetime.timedelta(minutes=1):
        return _("just now")
    return _("%(distance)s ago") % {"distance": timesince(moment, now, depth=1)}


@register.simple_tag
def moment(value: datetime.datetime | datetime.date | None, form: str = "") -> SafeString:
    """Write a date or an aware time in the city's zone; its title tells how far away it is.

    ``form`` "short" leaves the year out when it is this year. None gives a dash.
    """
    if value is None:
        return SafeString("—")
    if not isinstance(value, datetime.datetime):
        return format_html(
            '<time datetime="{}">{}</time>', value.isoformat(), date_format(value, "Y-m-d")
        )
    local = timezone.localtime(value)
    this_year = form == "short" and local.year == timezone.localtime().year
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        _distance(value),
        local.strftime("%m-%d %H:%M" if this_year else "%Y-%m-%d %H:%M"),
    )


@register.simple_tag
def sure(text: str) -> SafeString:
    """Ask for a tick where no scripts run and so no dialog can ask: the browser itself insists.

    Stands beside the button of every form with ``data-confirm``, with the same words. Such a form
    has no ``novalidate``.
    """
    return format_html(
        '<noscript><label class="choice sure"><input type="checkbox" required> <span>{}</span></label>'
        "</noscript>",
        text,
    )


@register.simple_tag
def light(colour: str, word: str = "") -> SafeString:
    """Write a case's light: a stripe and a word, so that colour is never the only sign.

    ``colour`` is blue, yellow, red or green; ``word`` replaces the usual word ("High risk").
    """
    return format_html(
        '<span class="light light-{}">{}</span>', colour, word or LIGHT_WORDS.get(colour, colour)
    )


@register.filter
def cited(text: str, at: datetime.datetime | datetime.date | None) -> SafeString:
    """Return a text with its citations of law as links, each checked for the day of ``at``."""
    return marked(text, at or timezone.now())


@register.filter
def money(amount: Decimal) -> str:
    """Return an amount in yuan as people read it in both languages: ¥10,000.00."""
    return f"¥{amount:,.2f}"


@register.filter
def light_word(colour: str) -> str:
    """Return the usual word of a light, for places that draw it themselves."""
    return str(LIGHT_WORDS.get(colour, colour))


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """Return the page's query string with some parameters set, or dropped when given as None.

    ``{% query state="open" after=None %}`` gives ``?area=6203&state=open``.
    """
    parameters: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}" if parameters else "?"


@register.filter
def initial(name: str) -> str:
    """Return the first character of a name, for the round mark beside it."""
    return name.strip()[:1].upper() or pgettext("mark of a person without a name", "?")
