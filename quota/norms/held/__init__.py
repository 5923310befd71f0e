"""A frame held against tables, and policies against frames: what the one asks for and the other lacks."""
