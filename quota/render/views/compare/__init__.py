"""Views of compare, rank, sensitivity, borderline and changes."""
