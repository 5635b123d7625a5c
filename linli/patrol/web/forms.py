"""Forms of rosters and teams."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.days import day_field
from linli.patrol.actions.found import TeamData
from linli.patrol.actions.plan_roster import LONGEST
from linli.patrol.choices import TeamKind, TeamMode

type Choices = list[tuple[str, str]]


class PlanForm(forms.Form):
    """Which days a roster is made for."""

    starts = day_field(_("From"))
    days = forms.IntegerField(label=_("How many days"), min_value=1, max_value=LONGEST, initial=7)


class NeedForm(forms.Form):
    """How many teams a kind of shift wants."""

    pattern = forms.ChoiceField(label=_("Shift"))
    weekday = forms.TypedChoiceField(
        label=pgettext_lazy("roster", "On"), required=False, coerce=int, empty_value=None
    )
    teams = forms.IntegerField(label=_("Teams"), min_value=0, max_value=50)
    skill = forms.ChoiceField(label=_("One of them with"), required=False)

    def __init__(self, data: Any, patterns: Choices, skills: Choices, weekdays: Choices) -> None:
        super().__init__(data)
        self.fields["pattern"].choices = patterns  # type: ignore[attr-defined]
        self.fields["skill"].choices = [("", "—"), *skills]  # type: ignore[attr-defined]
        days = [("", _("every day")), *weekdays]
        self.fields["weekday"].choices = days  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """Return the arguments of the action."""
        told = self.cleaned_data
        skills = {told["skill"]: 1} if told["skill"] and told["teams"] else {}
        kept = {name: told[name] for name in ("pattern", "weekday", "teams")}
        return {**kept, "skills": skills}


class TeamForm(forms.Form):
    """A new team."""

    name = forms.CharField(label=pgettext_lazy("patrol team", "Name"), max_length=60)
    kind = forms.ChoiceField(label=pgettext_lazy("patrol team", "Kind"), choices=TeamKind)
    mode = forms.ChoiceField(label=_("Gets about"), choices=TeamMode)
    strength = forms.IntegerField(
        label=_("Goes out with at least"), min_value=1, max_value=60, initial=2
    )
    weekly = forms.IntegerField(
        label=_("Shifts a week at most"), min_value=1, max_value=28, initial=5
    )

    def team(self) -> TeamData:
        """Return what was typed."""
        return TeamData(**self.cleaned_data)


class MemberForm(forms.Form):
    """Who joins a team, and what they can."""

    user = forms.ChoiceField(label=_("Person"))
    skills = forms.MultipleChoiceField(
        label=_("Skills"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, people: Choices, skills: Choices) -> None:
        super().__init__(data)
        self.fields["user"].choices = people  # type: ignore[attr-defined]
        self.fields["skills"].choices = skills  # type: ignore[attr-defined]


class SkillsForm(forms.Form):
    """What a member can."""

    skills = forms.MultipleChoiceField(
        label=_("Skills"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, skills: Choices, chosen: list[str]) -> None:
        super().__init__(data, initial={"skills": chosen})
        self.fields["skills"].choices = skills  # type: ignore[attr-defined]


class DayForm(forms.Form):
    """A day somebody would rather be off."""

    date = day_field(_("Day"))


def next_monday(today: date) -> date:
    """Return the Monday after today."""
    return today + timedelta(days=7 - today.weekday())
