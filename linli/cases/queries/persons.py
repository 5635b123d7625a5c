"""Cases in which a person is named, found by keyed hashes; nothing personal is opened to search."""

from linli.accounts.actor import Actor
from linli.cases.models import Case, Party
from linli.cases.policy import visible_to
from linli.kernel.crypto import blind_indexes

# What can be looked for → the column of its hash and the name the hash was made under.
FIELDS = {
    "name": ("name_index", "name"),
    "phone": ("phone_index", "phone"),
    "identity_number": ("identity_index", "identity"),
}
MOST = 100


def parties_named(actor: Actor, field: str, text: str) -> list[Party]:
    """Return the parties of that name, phone or number in cases the actor may see, newest first."""
    column, index = FIELDS[field]
    named = Party.objects.filter(**{f"{column}__in": blind_indexes(index, text)}, erased_at=None)
    visible = Case.objects.filter(visible_to(actor))
    return list(
        named.filter(case__in=visible.values("pk"))
        .select_related("case__area", "case__holder")
        .order_by("-case__opened_at", "id")[:MOST]
    )
