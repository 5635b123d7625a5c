"""Premises and what hangs on them. Who may read a row is decided by row security (migrations)."""

from linli.premises.models.devices import Device
from linli.premises.models.premises import Need, Premises, PremisesKind

__all__ = ["Device", "Need", "Premises", "PremisesKind"]
