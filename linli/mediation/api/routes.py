"""The router all operations of mediation are on."""

from ninja import Router

router = Router(tags=["mediation"])
