"""Cameras, their sources, filings, contracts and agreements."""

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

__all__ = [
    "Agreement",
    "AgreementCamera",
    "AgreementPaper",
    "Camera",
    "Contract",
    "Filing",
    "Network",
    "Setting",
    "Source",
]
