"""What `quota suggest --format json` proved: FILE."""

import json
import sys
from pathlib import Path

first = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["certificates"][0]
print(json.dumps({"groups": first["value"], "bound": first["bound"]}))  # noqa: T201  (its output)
