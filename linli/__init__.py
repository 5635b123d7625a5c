"""Linli 邻里: one system for the governance centres of a city."""

__version__ = "0.1.0"
