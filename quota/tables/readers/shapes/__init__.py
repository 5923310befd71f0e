"""Boundaries of units: read, their areas, drawn with fewer points."""
