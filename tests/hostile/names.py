"""Names that try to be more than names."""

from __future__ import annotations

import csv
import io
from pathlib import Path

NAMES: tuple[str, ...] = (
    "[bold red]Xã A[/]",
    "[link=file:///etc/passwd]Xã[/link] :smile:",
    "\x1b[31mXã đỏ\x1b[0m",
    "\x1b]0;title\x07Xã",
    "\x9b31mXã",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(2)</script>",
    "Xã \u202eàoH gnồH\u202c",
    "Xã \u2066A\u2069 \u200bB\u200f",
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-1+cmd",
    "@SUM(1,2)",
    "'=1+1",
    "''+1+1",
    "'t",
    "＝1+1",
    "\t=1+1",
    "Xã\nhai dòng",
    "Xã\r\n=1+1",
    "x|y|z",
    "`code` *bold* _under_",
    "[a](javascript:alert(1))",
    "![i](http://example.org/y.png)",
    "# heading",
    "\\|<b>\\",
    "{name} {0} %s %n ${x} {{7*7}}",
    "&lt;b&gt; &#x202e;",
    "a\0b",
    "a\x7fb",
    "\U000e0041\ufeffXã",
    "Xã \u2028 sau",
    "Z" + "\u0301" * 300,
    "x" * 10_000,
    "Xã " * 3_000,
)


def table(names: tuple[str, ...] = NAMES) -> str:
    """A population table of units with these names, with staff."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["code", "name", "type", "population", "government", "party", "front", "note"])
    for number, name in enumerate(names, start=1):
        writer.writerow([f"{number:05}", name, "xã", 16_000 + number * 500, 30 + number, 17, 8, name])
    return lines.getvalue()


def write(folder: Path) -> Path:
    """The same as a file."""
    path = folder / "units.csv"
    path.write_bytes(table().encode("utf-8"))
    return path
