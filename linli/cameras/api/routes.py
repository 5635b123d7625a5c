"""The router all operations of cameras are on."""

from ninja import Router

router = Router(tags=["cameras"])
