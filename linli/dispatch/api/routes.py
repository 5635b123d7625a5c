"""The router all operations of dispatch are on."""

from ninja import Router

router = Router(tags=["dispatch"])
