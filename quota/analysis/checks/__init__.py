"""Doubting a table: each check is a function from what is known to findings."""
