"""The router all operations of cases are on: one address can have several methods."""

from ninja import Router

router = Router()
