"""The form of an agreement: its fields, its clauses, and what is owed under it."""

from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.kernel.days import day_field
from linli.kernel.working_days import local_date
from linli.mediation.actions.drafting import Draft, Owed
from linli.mediation.choices import Form, ObligationKind
from linli.mediation.instalments import split
from linli.mediation.models import Agreement, Mediation
from linli.mediation.queries.agreement import clauses_for, people_of

# Rows a new form begins with.
_CLAUSES, _OBLIGATIONS = 2, 1
_MOST = 40


class ClauseRow(forms.Form):
    """One clause."""

    text = forms.CharField(
        label=_("Clause"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    source = forms.UUIDField(required=False, widget=forms.HiddenInput)


class OwedRow(forms.Form):
    """One obligation; an untouched row is none."""

    kind = forms.ChoiceField(
        label=_("What"), choices=ObligationKind, initial=ObligationKind.PAY, required=False
    )
    debtor = forms.ChoiceField(label=_("Owed by"), required=False)
    creditor = forms.ChoiceField(label=_("Owed to"), required=False)
    amount = forms.DecimalField(
        label=_("Amount (yuan)"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    text = forms.CharField(label=_("Act in words"), required=False, max_length=300)
    due_on = day_field(_("Due by"), required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("debtor", "creditor"):
            field: forms.ChoiceField = self.fields[name]  # type: ignore[assignment]
            field.choices = [("", "—"), *people]

    @property
    def is_blank(self) -> bool:
        """Say whether nothing of what makes an obligation was filled in."""
        told = self.cleaned_data
        return not any(told.get(name) for name in ("amount", "text", "due_on"))

    def clean(self) -> dict[str, Any]:
        """Insist on who and when, where something is owed."""
        told = super().clean() or self.cleaned_data
        if not self.is_blank:
            for name in ("debtor", "due_on"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _now("This is missing."))
        return told

    def owed(self) -> Owed:
        """Return the obligation."""
        told = self.cleaned_data
        return Owed(
            kind=told["kind"] or ObligationKind.PAY, debtor=UUID(told["debtor"]),
            creditor=UUID(told["creditor"]) if told["creditor"] else None,
            amount=told["amount"], text=told["text"], due_on=told["due_on"],
        )  # fmt: skip


ClauseRows = forms.formset_factory(ClauseRow, extra=0, max_num=_MOST)
OwedRows = forms.formset_factory(OwedRow, extra=0, max_num=_MOST)


class SplitForm(forms.Form):
    """A sum in monthly instalments: fills in rows, is no part of the agreement itself."""

    total = forms.DecimalField(
        label=_("In all (yuan)"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    parts = forms.IntegerField(label=_("Instalments"), required=False, min_value=1, max_value=_MOST)
    first_on = day_field(_("First due by"), required=False)


class TextForm(forms.Form):
    """The fields of art. 29, but for clauses and obligations."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    form = forms.ChoiceField(
        label=_("Made"), choices=Form, widget=forms.RadioSelect, initial=Form.WRITTEN,
        help_text=_(
            "One made orally takes effect at once and is written down here; one in writing when all"
            " have signed and the seal is set."
        ),
    )  # fmt: skip
    reached_on = day_field(_("Reached on"))
    facts = forms.CharField(
        label=_("Main facts"), required=False, max_length=8000, widget=forms.Textarea({"rows": 4})
    )
    claims = forms.CharField(
        label=_("What is claimed, and who answers for what"), required=False, max_length=8000,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    manner = forms.CharField(
        label=_("How, where and when it is performed"), required=False, max_length=4000,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    outcome = forms.CharField(
        label=_("Outcome in a few words, without names"), required=False, max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Only for an oral agreement: it becomes the outcome of the case."),
    )  # fmt: skip


class AgreementForm:
    """The whole: ``text``, ``clauses``, ``obligations`` and ``splitting``, from data or proposed."""

    def __init__(self, data: QueryDict | None, mediation: Mediation, now: datetime) -> None:
        self.mediation, self.now = mediation, now
        self.people = people_of(mediation)
        self.library = list(clauses_for(mediation))
        self._build(data)

    def _build(self, data: QueryDict | None) -> None:
        self.data = data
        begun = _begun(self.mediation) if data is None else None
        self.text = TextForm(data, initial=self._text(begun))
        self.clauses = ClauseRows(data, prefix="clause", initial=self._clauses(begun))
        self.obligations = OwedRows(
            data, prefix="owed", initial=self._owed(begun), form_kwargs={"people": self.people}
        )
        self.splitting = SplitForm(data, prefix="split")

    def is_valid(self) -> bool:
        """Check all parts, so that everything wrong is shown at once."""
        valid = [self.text.is_valid(), self.clauses.is_valid(), self.obligations.is_valid()]
        return all(valid)

    def draft(self) -> Draft:
        """Return what was typed."""
        told = self.text.cleaned_data
        clauses = [row.cleaned_data for row in self.clauses if row.cleaned_data.get("text")]
        return Draft(
            form=told["form"], reached_on=told["reached_on"], facts=told["facts"],
            claims=told["claims"], manner=told["manner"],
            clauses=[(row["text"], row["source"]) for row in clauses],
            obligations=[row.owed() for row in self.obligations if not row.is_blank],
        )  # fmt: skip

    def with_more(self, wanted: str) -> None:
        """Add what a button asks for: a row, a clause of the library, or instalments."""
        if self.data is None:
            return
        data = self.data.copy()
        what, _colon, key = wanted.partition(":")
        if what == "obligation":
            _add(data, "owed", [self._default_row()])
        elif what == "instalments":
            rows = self._instalments()
            if rows:
                _drop_whole(data, sum(Decimal(row["amount"]) for row in rows))
            _add(data, "owed", rows)
        else:
            chosen = next((one for one in self.library if str(one.id) == key), None)
            row = {"text": chosen.text, "source": str(chosen.id)} if chosen else {"text": ""}
            _add(data, "clause", [row])
        self._build(data)
        for part in (self.text, *self.clauses, *self.obligations):
            part._errors = None

    def _default_row(self) -> dict[str, str]:
        sides = [key for key, _label in self.people]
        by_side = {side: str(key) for key, side in _sides(self.mediation)}
        debtor = by_side.get("respondent", sides[0] if sides else "")
        return {"kind": "pay", "debtor": debtor, "creditor": by_side.get("applicant", "")}

    def _instalments(self) -> list[dict[str, str]]:
        self.splitting.is_valid()
        told = self.splitting.cleaned_data
        total, parts, first = told.get("total"), told.get("parts"), told.get("first_on")
        if not (total and parts and first):
            return []
        try:
            rows = split(total, parts, first)
        except ValueError:
            return []
        return [
            self._default_row() | {"amount": str(amount), "due_on": day.isoformat()}
            for amount, day in rows
        ]

    def _text(self, begun: Agreement | None) -> dict[str, Any]:
        mediation = self.mediation
        proposed = {"version": mediation.version, "reached_on": local_date(self.now)}
        if begun is None:
            return proposed | {"facts": mediation.brief, "claims": mediation.request}
        kept = {name: getattr(begun, name) for name in ("form", "facts", "claims", "manner")}
        return proposed | kept

    def _clauses(self, begun: Agreement | None) -> list[dict[str, Any]]:
        if begun is None:
            return [{}] * _CLAUSES
        return [{"text": one.text, "source": one.source_id} for one in begun.clauses.all()]

    def _owed(self, begun: Agreement | None) -> list[dict[str, Any]]:
        if begun is None:
            due = local_date(self.now) + timedelta(days=30)
            return [self._default_row() | {"due_on": due, "amount": self.mediation.claimed}][
                : _OBLIGATIONS if self.mediation.claimed else 0
            ]
        return [
            {
                "kind": one.kind, "debtor": str(one.debtor_id), "creditor": str(one.creditor_id or ""),
                "amount": one.amount, "text": one.text, "due_on": one.due_on,
            }
            for one in begun.obligations.order_by("position")
            if one.settled_on is None
        ]  # fmt: skip


def _begun(mediation: Mediation) -> Agreement | None:
    """Return the text to go on from: the one in hand, else the newest."""
    return Agreement.objects.filter(mediation=mediation).order_by("-turn").first()


def _sides(mediation: Mediation) -> list[tuple[UUID, str]]:
    return [
        (one.id, one.side)
        for one in mediation.participants.all()
        if one.part == "party" and one.left_on is None
    ]


def _drop_whole(data: QueryDict, total: Decimal | int) -> None:
    """Take the last obligation away where it is the whole sum: its instalments take its place."""
    last = int(data.get("owed-TOTAL_FORMS") or 0) - 1
    try:
        whole = last >= 0 and Decimal(data.get(f"owed-{last}-amount") or 0) == total
    except InvalidOperation:
        return
    if whole:
        for name in ("amount", "text"):
            data[f"owed-{last}-{name}"] = ""


def _add(data: QueryDict, prefix: str, rows: list[dict[str, str]]) -> None:
    """Put rows behind those a formset was sent; blank obligations give way to them."""
    count = int(data.get(f"{prefix}-TOTAL_FORMS") or 0)
    if prefix == "owed" and rows and rows[0].get("amount"):
        while count and not any(
            data.get(f"owed-{count - 1}-{name}") for name in ("amount", "text")
        ):
            count -= 1
    for place, row in enumerate(rows, count):
        for name, value in row.items():
            data[f"{prefix}-{place}-{name}"] = value
    data[f"{prefix}-TOTAL_FORMS"] = str(min(count + len(rows), _MOST))
