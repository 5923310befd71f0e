"""Manifests: what a run records, and how it is run again and compared."""
