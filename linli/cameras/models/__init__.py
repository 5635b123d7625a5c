"""Cameras, their sources, filings, agreements and health; viewing, what is kept, and devices."""

from linli.cameras.models.bringing_in import CameraImport, Discovery, ImportFault
from linli.cameras.models.devices import SipChannel, SipDevice
from linli.cameras.models.footage import Clip, Hold, Recording, ViewingReport
from linli.cameras.models.health import (
    Availability,
    Health,
    HealthChange,
    WorkOrder,
)
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
    "Availability",
    "Camera",
    "CameraImport",
    "Clip",
    "Contract",
    "Discovery",
    "Feed",
    "Filing",
    "Grant",
    "GrantCamera",
    "Health",
    "HealthChange",
    "Hold",
    "ImportFault",
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
    "WorkOrder",
]
