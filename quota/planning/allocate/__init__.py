"""Sharing posts among units: methods, bounds, what binds."""
