"""Where people wait: whole commands at three sizes, each beside the floor of its kind.

The floor only writes: the same cells and formulas by bare XlsxWriter, the same table by rich, the same
pictures by vl-convert, the same tables by python-docx, the same rows read and written by Polars. What it
writes is taken from what the command wrote, before anything is measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from measuring import PEERS, Contest, Limits, Peer, once
from waits import COLUMNS, SIZES, Wait, waits

_MOST_REPORTED = 3_321
"""Units of a report: nobody hands in more, and python-docx takes minutes for them."""


def contests(folder: Path, limits: Limits) -> Iterator[Contest]:
    for size in (size for size in SIZES if size <= limits.rows):
        for wait in waits(folder, size):
            if wait.form not in ("html", "docx") or size <= _MOST_REPORTED:
                yield _contest(wait, size, folder)


def _contest(wait: Wait, size: int, folder: Path) -> Contest:
    command = ["-m", "quota", *wait.arguments]
    columns = COLUMNS if wait.shown else None
    ours = Peer(f"quota {wait.arguments[0]}", command, columns=columns, ends=wait.ends)
    peers = [_floor(wait, size, folder), ours]
    return Contest(f"waiting: {wait.name}", size, peers, verdict=lambda *_: "beside its floor")


def _floor(wait: Wait, size: int, folder: Path) -> Peer:
    """The peer that writes what the command wrote, which is held for it in a file."""
    held, out = folder / f"held-{size}", folder / f"floor.{wait.form}"
    if wait.shown:
        shown = folder / f"held-{size}.txt"
        once(["-m", "quota", *wait.arguments, "-o", str(shown)])
        return Peer("rich, the same lines as a table", _arguments("rich", shown), "rich", columns=COLUMNS)
    once(["-m", "quota", *wait.arguments], ends=wait.ends)
    written = wait.arguments[-1]
    match wait.form:
        case "xlsx":
            once(_arguments("cells", written, held))
            return Peer("XlsxWriter, the same cells", _arguments("xlsx", held, out), "xlsxwriter")
        case "html":
            once(_arguments("held-html", written, held))
            return Peer("vl-convert, the same pictures", _arguments("html", held, out), "vl_convert")
        case "docx":
            once(_arguments("held-docx", written, held))
            return Peer("python-docx, the same tables", _arguments("docx", held, out), "docx")
        case _:
            once(_arguments("rows", written, held))
            work = _arguments("rewrite", held, out, *wait.read)
            return Peer("polars, reading and writing", work, "polars")


def _arguments(kind: str, *files: object) -> list[str]:
    return [str(PEERS / "floor.py"), kind, *map(str, files)]
