"""How far the people of a plan's transfer stage go in all: PLAN.json."""

import json
import sys
from pathlib import Path

moves = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["stages"][1]["moves"]
print(json.dumps({"metres": sum(move["people"] * move["metres"] for move in moves)}))  # noqa: T201  (its output)
