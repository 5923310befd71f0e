"""A scenario of mergers as a scenario file."""

from __future__ import annotations

import yaml

from quota.core.what_if.scenarios import Merge, Scenario


def scenario_text(scenario: Scenario) -> str:
    """The file that says it, for `load_scenario` to read. Raises `ValueError` for anything but mergers."""
    return yaml.safe_dump(_plain(scenario), allow_unicode=True, sort_keys=False, width=100)


def _plain(scenario: Scenario) -> dict[str, object]:
    tables = {
        "population": scenario.population,
        "staff": scenario.staff,
        "neighbours": scenario.neighbours,
        "assigned": scenario.assigned,
    }
    return {
        "kind": "scenario",
        "title": scenario.title,
        **{key: named for key, named in tables.items() if named is not None},
        "operations": [_operation(operation) for operation in scenario.operations],
    }


def _operation(operation: object) -> dict[str, object]:
    if not isinstance(operation, Merge):
        raise ValueError("only mergers are written")
    into = {"code": operation.code, "name": operation.name, "type": operation.type.value}
    return {"merge": {"units": list(operation.units), "into": into}}
