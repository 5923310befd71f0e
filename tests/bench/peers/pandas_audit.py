"""The audit under cv-09-2025, where no unit lies in the mountains, by hand in pandas: SOURCE TARGET."""

import sys

import pandas as pd

source, target = sys.argv[1:]
counts = ["population", "government", "party", "front"]
units = pd.read_csv(source, dtype={"code": "str", **dict.fromkeys(counts, "Int64")})
residents = units["population"]
most = units["type"].map({"commune": 50, "ward": 70, "special_zone": 70})
posts = ((residents - 16_000).clip(lower=0) // 2_000 + 32).clip(upper=most)
quota = {
    "government": (posts, posts),
    "party": (posts * 0 + 17, posts * 0 + 20),
    "front": (posts * 0 + 8, posts * 0 + 10),
}
for bloc, (low, high) in quota.items():
    units[f"{bloc}_low"], units[f"{bloc}_high"], units[f"{bloc}_staff"] = low, high, units[bloc]
    units[f"{bloc}_shortfall"] = (low - units[bloc]).clip(lower=0)
    units[f"{bloc}_surplus"] = (units[bloc] - high).clip(lower=0)
for part in ("low", "high", "staff", "shortfall", "surplus"):
    units[f"total_{part}"] = sum(units[f"{bloc}_{part}"] for bloc in quota)
short, over = (
    pd.concat([units[f"{bloc}_{part}"].fillna(0) > 0 for bloc in quota], axis=1).any(axis=1)
    for part in ("shortfall", "surplus")
)
unknown = pd.concat([units[f"{bloc}_shortfall"].isna() for bloc in quota], axis=1).any(axis=1)
status = pd.Series("within", index=units.index).mask(over, "surplus").mask(short, "short")
units["status"] = status.mask(unknown, "unknown").mask(short & over, "mixed")
units["below_minimum"] = (residents < 16_000).fillna(False)
units.to_csv(target, index=False)
