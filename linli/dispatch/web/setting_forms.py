"""What a city sets for dispatch, as it is typed."""

import re
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from linli.dispatch.actions.keep_plan import PlanData
from linli.dispatch.actions.keep_run_card import CardData
from linli.dispatch.actions.stores import MOST
from linli.dispatch.choices import Priority, Sort, UnitKind
from linli.dispatch.models import (
    Capability,
    Field,
    IncidentKind,
    Plan,
    QuestionCard,
    RunCard,
    SupplyKind,
    Targets,
)
from linli.dispatch.web.supply_forms import choose
from linli.kernel.ids import new_id

ANSWERS = 4
_BETWEEN = re.compile(r"\s*[|｜]\s*")
_PARTS = 3


def _position() -> forms.IntegerField:
    return forms.IntegerField(
        label=pgettext_lazy("dispatch", "Place in the list"), min_value=0, max_value=999, initial=0
    )


class KindForm(forms.Form):
    """A kind of incident."""

    name = forms.CharField(label=pgettext_lazy("of a kind", "Name"), max_length=40)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=60, required=False)
    priority = forms.TypedChoiceField(
        label=gettext_lazy("Usual priority"), coerce=int, choices=Priority,
        widget=forms.RadioSelect,
    )  # fmt: skip
    retired = forms.BooleanField(label=gettext_lazy("No longer offered"), required=False)

    def __init__(self, data: Any = None, *, kind: IncidentKind) -> None:
        names = ("name", "name_en", "priority", "retired")
        super().__init__(data, initial={name: getattr(kind, name) for name in names})


class CardForm(forms.Form):
    """A line of a run card."""

    unit_kind = forms.ChoiceField(label=gettext_lazy("Kind of unit"), choices=UnitKind)
    count = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=20, initial=1)
    priority = forms.TypedChoiceField(
        label=gettext_lazy("From which priority on"), coerce=int, choices=Priority,
        initial=Priority.LOW,
        help_text=gettext_lazy("It holds for this priority and for what is more urgent."),
    )  # fmt: skip
    skills = forms.MultipleChoiceField(
        label=gettext_lazy("Skills"), required=False, widget=forms.CheckboxSelectMultiple
    )
    equipment = forms.MultipleChoiceField(
        label=gettext_lazy("Equipment"), required=False, widget=forms.CheckboxSelectMultiple
    )
    position = _position()

    def __init__(self, data: Any = None, *, card: RunCard | None = None) -> None:
        names = ("unit_kind", "count", "priority", "skills", "equipment", "position")
        super().__init__(data, initial={n: getattr(card, n) for n in names} if card else {})
        known = list(Capability.objects.filter(retired=False))
        for name, sort in (("skills", Sort.SKILL), ("equipment", Sort.EQUIPMENT)):
            choose(self, name, [(one.code, one.label) for one in known if one.sort == sort])

    def card_data(self) -> CardData:
        """Return what the action takes."""
        return CardData(**self.cleaned_data)


class QuestionForm(forms.Form):
    """A question, and up to four answers with the priority each asks for."""

    text = forms.CharField(label=gettext_lazy("Question"), max_length=120)
    text_en = forms.CharField(
        label=gettext_lazy("Question in English"), max_length=160, required=False
    )
    position = _position()
    retired = forms.BooleanField(label=gettext_lazy("No longer asked"), required=False)

    def __init__(self, data: Any = None, *, card: QuestionCard | None = None) -> None:
        initial: dict[str, Any] = {}
        self.codes = [new_id().hex[-12:] for _n in range(ANSWERS)]
        if card:
            names = ("text", "text_en", "position", "retired")
            initial = {name: getattr(card, name) for name in names}
            for n, answer in enumerate(card.answers[:ANSWERS]):
                self.codes[n] = answer["code"]
                initial |= {
                    f"answer{n}": answer["name"], f"answer{n}_en": answer["name_en"],
                    f"priority{n}": answer["priority"] or "",
                }  # fmt: skip
        super().__init__(data, initial=initial)
        for n in range(ANSWERS):
            self._add_answer(n)
        self.order_fields(
            ["text", "text_en", *(name for n in range(ANSWERS) for name in _fields(n))]
        )

    def _add_answer(self, n: int) -> None:
        place = {"n": n + 1}
        needed = n < 2
        self.fields[f"answer{n}"] = forms.CharField(
            label=_("Answer %(n)d") % place, max_length=40, required=needed
        )
        self.fields[f"answer{n}_en"] = forms.CharField(
            label=_("Answer %(n)d in English") % place, max_length=60, required=False
        )
        self.fields[f"priority{n}"] = forms.TypedChoiceField(
            label=_("Priority with answer %(n)d") % place, required=False, empty_value=None,
            coerce=int, choices=[("", _("no change")), *Priority.choices],
        )  # fmt: skip

    def answers(self) -> list[dict[str, Any]]:
        """Return the answers as a card keeps them."""
        given = self.cleaned_data
        return [
            {
                "code": self.codes[n], "name": given[f"answer{n}"].strip(),
                "name_en": given[f"answer{n}_en"].strip(), "priority": given[f"priority{n}"],
            }
            for n in range(ANSWERS)
            if given.get(f"answer{n}", "").strip()
        ]  # fmt: skip


def _fields(n: int) -> tuple[str, str, str]:
    return f"answer{n}", f"answer{n}_en", f"priority{n}"


class PlanForm(forms.Form):
    """A plan: one step a line."""

    title = forms.CharField(label=pgettext_lazy("plan", "Title"), max_length=80)
    area = forms.CharField(
        label=gettext_lazy("Holds in the area (code)"), max_length=15, required=False,
        help_text=gettext_lazy("Empty: everywhere. The plan of the smallest area counts."),
    )  # fmt: skip
    priority = forms.TypedChoiceField(
        label=gettext_lazy("From which priority on"), coerce=int, choices=Priority,
        initial=Priority.LOW,
        help_text=gettext_lazy("It holds for this priority and for what is more urgent."),
    )  # fmt: skip
    steps = forms.CharField(
        label=gettext_lazy("Steps"), widget=forms.Textarea({"rows": 10}),
        help_text=gettext_lazy("One a line: who | what | within how many seconds."),
    )  # fmt: skip
    retired = forms.BooleanField(label=gettext_lazy("No longer used"), required=False)

    def __init__(self, data: Any = None, *, plan: Plan | None = None) -> None:
        initial: dict[str, Any] = {}
        if plan:
            names = ("title", "area", "priority", "retired")
            initial = {name: getattr(plan, name) for name in names}
            initial["steps"] = "\n".join(
                f"{step.who} | {step.text} | {step.within}" for step in plan.steps.all()
            )
        super().__init__(data, initial=initial)

    def clean_steps(self) -> list[tuple[str, str, int]]:
        """Read each line; say which one can't be read."""
        found = []
        for number, line in enumerate(self.cleaned_data["steps"].splitlines(), 1):
            if not line.strip():
                continue
            parts = _BETWEEN.split(line.strip())
            good = len(parts) == _PARTS and parts[2].isdecimal() and len(parts[2]) <= 5
            if not good or not 10 <= int(parts[2]) <= 86_400 or not (parts[0] and parts[1]):
                raise forms.ValidationError(
                    _("Line %(n)d: write who | what | seconds (10 to 86400)."),
                    params={"n": number},
                )
            found.append((parts[0][:40], parts[1][:200], int(parts[2])))
        return found

    def plan_data(self) -> PlanData:
        """Return what the action takes."""
        return PlanData(**self.cleaned_data)


class TargetsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Targets, in seconds."""

    class Meta:
        model = Targets
        fields = ("answer", "process", "accept", "arrive_in_town", "arrive_outside", "share")


class CapabilityForm(forms.Form):
    """A skill or a piece of equipment."""

    sort = forms.ChoiceField(
        label=pgettext_lazy("dispatch", "Sort"), choices=Sort, widget=forms.RadioSelect
    )
    name = forms.CharField(label=pgettext_lazy("of a skill", "Name"), max_length=40)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=60, required=False)
    retired = forms.BooleanField(label=gettext_lazy("No longer offered"), required=False)

    def __init__(self, data: Any = None, *, one: Capability | None = None) -> None:
        names = ("sort", "name", "name_en", "retired")
        super().__init__(data, initial={n: getattr(one, n) for n in names} if one else {})


class FieldForm(forms.Form):
    """A field of experts, and the incidents whose pages offer it first."""

    name = forms.CharField(label=pgettext_lazy("of a field", "Name"), max_length=40)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=60, required=False)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Offered first at"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    position = _position()
    retired = forms.BooleanField(label=gettext_lazy("No longer offered"), required=False)

    def __init__(self, data: Any = None, *, one: Field | None = None) -> None:
        names = ("name", "name_en", "kinds", "position", "retired")
        last = {"position": Field.objects.count()}
        super().__init__(data, initial={n: getattr(one, n) for n in names} if one else last)
        # Retired kinds it fits already stay to choose: saving it must not drop them unseen.
        kinds = IncidentKind.objects.filter(Q(retired=False) | Q(pk__in=one.kinds if one else ()))
        choose(self, "kinds", [(kind.code, kind.label) for kind in kinds])


class SupplyKindForm(forms.Form):
    """A kind of supplies."""

    name = forms.CharField(label=pgettext_lazy("of supplies", "Name"), max_length=40)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=60, required=False)
    measure = forms.CharField(
        label=gettext_lazy("Counted in"), max_length=10,
        help_text=gettext_lazy("Such as: pieces, boxes, pairs."),
    )  # fmt: skip
    least = forms.IntegerField(
        label=gettext_lazy("A store should have at least"), min_value=0, max_value=MOST
    )
    position = _position()
    retired = forms.BooleanField(label=gettext_lazy("No longer offered"), required=False)

    def __init__(self, data: Any = None, *, one: SupplyKind | None = None) -> None:
        names = ("name", "name_en", "measure", "least", "position", "retired")
        last = {"position": SupplyKind.objects.count(), "least": 0}
        super().__init__(data, initial={n: getattr(one, n) for n in names} if one else last)
