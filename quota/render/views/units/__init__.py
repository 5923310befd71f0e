"""Views of merge, simulate and suggest."""
