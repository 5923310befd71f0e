"""A sweep over so many variants of the default frame, with NumPy or without: SOURCE VARIANTS numpy|plain.

Base, both steps, rounding and the ceiling of communes vary.
"""

import json
import sys
import time

import quota
from quota.bulk import sweeping
from quota.norms.arithmetic.rounding import Rounding

source, count, how = sys.argv[1], int(sys.argv[2]), sys.argv[3]
if how == "plain":
    sweeping._numpy = lambda: None
units, frame = quota.read_units(source).units, quota.load_frame("cv-09-2025")
frames = []
for number in range(count):
    government = frame.blocs["government"]
    increments = tuple(
        step.model_copy(
            update={"per_residents": step.per_residents + number, "rounding": list(Rounding)[number % 3]}
        )
        for step in government.increment
    )
    most = government.most.model_copy(update={"commune": 45 + number % 11})
    changed = government.model_copy(update={"base": 25 + number % 15, "increment": increments, "most": most})
    frames.append(frame.model_copy(update={"blocs": {**frame.blocs, "government": changed}}))
started = time.perf_counter()
swept = sweeping.sweep(frames, units)
seconds = time.perf_counter() - started
low = sum(posts.low for outcome in swept for posts in outcome.posts)
short = sum(gap.shortfall for outcome in swept for gap in outcome.gap)
told = {"seconds": seconds, "frames": len(swept), "low": low, "shortfall": short}
print(json.dumps(told))  # noqa: T201  (its output)
