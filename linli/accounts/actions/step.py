"""The first part of every verb about a person: lock, and check that the actor may."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import User
from linli.accounts.policy import may_administer_person, people_of
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from linli.kernel.working_days import local_date


def person(user_id: UUID, actor: Actor, at: datetime) -> User:
    """Return the locked person; raises :class:`NotFound` or :class:`NotPermitted`."""
    user = User.objects.select_for_update(of=("self",)).filter(people_of(actor), pk=user_id).first()
    if user is None:
        raise NotFound(_("There is no such person in your areas."))
    if actor.user_id == user.pk:
        raise NotPermitted(
            _("Nobody administers their own account."), _("Ask another administrator.")
        )
    if not may_administer_person(actor, user, local_date(at)):
        raise NotPermitted(
            _("This person also works outside your areas."),
            _("An administrator of the area above can do this."),
        )
    return user


def reason_of(text: str) -> str:
    """Return the reason without outer blanks; raises :class:`Invalid` when there is none."""
    text = text.strip()
    if not text:
        raise Invalid(_("A reason is missing."), {"reason": _("Please write the reason.")})
    return text
