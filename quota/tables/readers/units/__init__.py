"""Population tables, and those of staff and assigned posts beside them."""
