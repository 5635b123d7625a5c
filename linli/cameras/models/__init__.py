"""Cameras, their sources, filings, contracts and agreements; viewing, what is kept, and devices."""

from linli.cameras.models.devices import SipChannel, SipDevice
from linli.cameras.models.footage import Clip, Hold, Recording, ViewingReport
from linli.cameras.models.registry import (
    Agreement,
    AgreementCamera,
    AgreementPaper,
    Camera,
    Contract,
    Filing,
    Network,
    Setting,
    Source,
)
from linli.cameras.models.viewing import (
    Feed,
    Grant,
    GrantCamera,
    Refusal,
    RelativeViewing,
    Training,
    ViewingRules,
)

__all__ = [
    "Agreement",
    "AgreementCamera",
    "AgreementPaper",
    "Camera",
    "Clip",
    "Contract",
    "Feed",
    "Filing",
    "Grant",
    "GrantCamera",
    "Hold",
    "Network",
    "Recording",
    "Refusal",
    "RelativeViewing",
    "Setting",
    "SipChannel",
    "SipDevice",
    "Source",
    "Training",
    "ViewingReport",
    "ViewingRules",
]
