"""Views of verify."""
