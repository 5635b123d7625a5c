"""Cameras: the registry, their health, agreements to share them, and viewing for a case."""
