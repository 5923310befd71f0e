"""What a frame grants, as an expression, and the ways of counting it; it knows no rule file."""
