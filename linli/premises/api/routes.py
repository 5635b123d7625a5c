"""The router all operations of premises are on."""

from ninja import Router

router = Router(tags=["premises"])
