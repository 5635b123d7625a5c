"""What bodies of the API are made of: strict about their members, and texts PostgreSQL can store."""

from typing import Annotated, ClassVar

from ninja import Header, Schema
from pydantic import ConfigDict, Field

# NUL can't be stored by PostgreSQL; everything else may be typed.
TEXT = r"^[^\x00]*$"
Short = Annotated[str, Field(max_length=120, pattern=TEXT)]
Tiny = Annotated[str, Field(max_length=60, pattern=TEXT)]
Words = Annotated[str, Field(max_length=4000, pattern=TEXT)]
# The header of a creating request that may be sent again.
Key = Annotated[str | None, Header(None, alias="Idempotency-Key", max_length=80, min_length=1)]


class Input(Schema):
    """A body; unknown members are refused, so that a typing error is not lost in silence.

    ``null`` means "not given", but for the members in ``nullable``, which it empties.
    """

    model_config = ConfigDict(extra="forbid")
    nullable: ClassVar[frozenset[str]] = frozenset()
