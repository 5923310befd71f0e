"""Redeployment: who moves where, how that is proved, what is done of it."""
