"""Views of explain, check and reconcile."""
