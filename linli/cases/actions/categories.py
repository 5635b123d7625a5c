"""The check every verb that takes a category makes."""

from django.utils.translation import gettext as _

from linli.cases.models import Category
from linli.kernel.errors import Invalid


def check_category(kind: str, code: str | None) -> None:
    """Raise :class:`Invalid` unless ``code`` (or none) is an offered category of ``kind``."""
    if code and not Category.objects.filter(pk=code, kind=kind, retired=False).exists():
        raise Invalid(
            _("The category does not belong to the kind."), {"category": _("Choose another one.")}
        )
