"""Frozen values with no input or output: units, posts, staff, citations, problems, results."""
