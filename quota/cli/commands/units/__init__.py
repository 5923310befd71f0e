"""Commands that change units: merge, simulate, suggest."""
