"""The table of verbs a page can do: verb → its form and its action. A new verb is one more row."""

from collections.abc import Callable
from dataclasses import dataclass

from linli.cases.actions.accept import accept_case
from linli.cases.actions.assign import assign_case
from linli.cases.actions.assist import assist_case
from linli.cases.actions.classify import classify_case
from linli.cases.actions.close import close_case
from linli.cases.actions.decline import decline_case
from linli.cases.actions.deny import deny_case
from linli.cases.actions.designate import designate_case
from linli.cases.actions.escalate import escalate_case
from linli.cases.actions.extend import extend_case
from linli.cases.actions.follow_up import follow_up_case
from linli.cases.actions.grant import grant_case
from linli.cases.actions.hand_over import hand_over_case
from linli.cases.actions.merge import merge_case
from linli.cases.actions.progress import progress_case
from linli.cases.actions.refer import refer_case
from linli.cases.actions.remind import remind_case
from linli.cases.actions.reopen import reopen_case
from linli.cases.actions.resolve import resolve_case
from linli.cases.actions.resume import resume_case
from linli.cases.actions.return_ import return_case
from linli.cases.actions.supervise import supervise_case
from linli.cases.actions.suspend import suspend_case
from linli.cases.actions.withdraw import withdraw_case
from linli.cases.models import Case
from linli.cases.web import verb_forms as forms
from linli.cases.web.forms import NoteForm, VerbForm


@dataclass(frozen=True, slots=True)
class Page:
    """How a verb is done on a page."""

    form: type[VerbForm]
    act: Callable[..., Case]


# In the order in which the case page shows them.
PAGES: dict[str, Page] = {
    "accept": Page(VerbForm, accept_case),
    "progress": Page(NoteForm, progress_case),
    "resolve": Page(NoteForm, resolve_case),
    "follow_up": Page(forms.FollowUpForm, follow_up_case),
    "close": Page(NoteForm, close_case),
    "grant": Page(NoteForm, grant_case),
    "deny": Page(NoteForm, deny_case),
    "assign": Page(forms.AssignForm, assign_case),
    "designate": Page(forms.AssignForm, designate_case),
    "return": Page(NoteForm, return_case),
    "escalate": Page(NoteForm, escalate_case),
    "extend": Page(forms.ExtendForm, extend_case),
    "assist": Page(forms.AssistForm, assist_case),
    "hand_over": Page(forms.HandOverForm, hand_over_case),
    "suspend": Page(NoteForm, suspend_case),
    "resume": Page(NoteForm, resume_case),
    "remind": Page(NoteForm, remind_case),
    "supervise": Page(NoteForm, supervise_case),
    "reopen": Page(NoteForm, reopen_case),
    "classify": Page(forms.ClassifyForm, classify_case),
    "merge": Page(forms.MergeForm, merge_case),
    "refer": Page(forms.ReferForm, refer_case),
    "decline": Page(forms.RoutesForm, decline_case),
    "withdraw": Page(NoteForm, withdraw_case),
}
# Nothing is asked: the button itself does it.
DIRECT = frozenset({"accept"})
