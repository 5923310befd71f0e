"""A population table read, with all its checks: FILE."""

import json
import sys
import time

import quota

started = time.perf_counter()
units = quota.read_units(sys.argv[1]).units
seconds = time.perf_counter() - started
residents = sum(unit.population or 0 for unit in units)
print(json.dumps({"seconds": seconds, "units": len(units), "residents": residents}))  # noqa: T201  (its output)
