"""Confidential tips: readable to the unit they are meant for and to nobody else."""
