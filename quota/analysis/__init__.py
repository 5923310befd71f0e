"""Questions asked of units, staff and a frame: pure functions from values to values."""
