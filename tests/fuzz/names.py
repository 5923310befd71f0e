"""What can be fuzzed, by name; apart, so that the list costs no import."""

TARGETS = {
    "units": "a population table, and a staff table",
    "work": "every other table that people write",
    "frames": "a rule file of any kind, evaluated where it loads",
    "scenarios": "a scenario, carried out where it loads",
    "json": "an audit, and boundaries",
}
