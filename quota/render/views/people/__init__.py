"""Views of fields, secondments, plan and progress."""
