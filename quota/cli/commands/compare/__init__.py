"""Commands that compare: units, days, frames' numbers."""
