"""Premises: schools, hotels, stations…: who answers for them, devices, inspections, drills, hazards."""
