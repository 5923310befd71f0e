"""Mergers and other changes of units: scenarios, their checks, proposals."""
