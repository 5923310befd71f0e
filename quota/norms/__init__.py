"""The frame: its schema, how it is loaded and amended, and the quota it grants with its steps."""
