"""One reader a kind of table."""
