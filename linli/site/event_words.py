"""Events of areas and cases in words, for the audit log, which stands below both."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.cases.choices import Verb

WORDS: Mapping[str, str | Promise] = {
    **{f"case.{verb.value}": verb.label for verb in Verb},
    "case.add_party": _("person added to a case"),
    "case.reveal": _("personal data opened"),
    "case.erase": _("personal data erased"),
    "case.attach": _("file added"),
    "case.detach": _("file removed"),
    "case.link": _("cases linked"),
    "case.unlink": _("link removed"),
    "case.search_person": _("person looked up"),
    "area.add_grid": _("grid added"),
    "area.rename": _("area renamed"),
    "area.abolish": _("area abolished"),
    "areas.import": _("areas imported"),
    "areas.draw": _("boundaries drawn"),
    "unit.open": _("unit opened"),
    "unit.change": _("unit changed"),
    "unit.closing": _("unit about to close"),
    "unit.close": _("unit closed"),
    "unit.add_room": _("room added"),
    "unit.remove_room": _("room removed"),
    "unit.plan_duty": _("duty planned"),
    "unit.cancel_duty": _("duty cancelled"),
    "routing.draft": _("draft of routing rules begun"),
    "routing.discard": _("draft of routing rules thrown away"),
    "routing.write_rule": _("routing rule written"),
    "routing.move_rule": _("routing rule moved"),
    "routing.remove_rule": _("routing rule removed"),
    "routing.switch_on": _("routing rules switched on"),
    "routing.roll_back": _("former routing rules brought back"),
    "routing.report_gone": _("routing rule leads nowhere"),
    "webhook.subscribe": _("webhook made"),
    "webhook.change": _("webhook changed"),
    "webhook.rotate_secret": _("secret of a webhook renewed"),
    "webhook.pause": _("webhook paused"),
    "webhook.resume": _("webhook resumed"),
    "webhook.unsubscribe": _("webhook removed"),
    "webhook.allow_host": _("host allowed for webhooks"),
    "webhook.forbid_host": _("host no longer allowed for webhooks"),
    "user.make_feed": _("calendar address made"),
    "user.revoke_feed": _("calendar address revoked"),
}
