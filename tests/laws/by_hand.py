"""Every kind of file that is written by hand in YAML, with a trap in place of any value, key or line."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random

import yaml
from msgspec import Struct

from quota.cli.paper_file import load_paper
from quota.core.problems import InputError, Problem
from quota.norms.loading import read_rules
from quota.norms.scenarios import load_scenario
from quota.tables.shipped.annexes import find_annex

ROOT = Path(__file__).parents[2]
OURS = "ours"
PAPER = """\
superior: UBND THÀNH PHỐ HUẾ
office: SỞ NỘI VỤ
number: 12/BC-SNV
place: Huế
date: 2026-02-05
recipients: [Như trên, "Lưu: VT"]
position: GIÁM ĐỐC
signatory: Nguyễn Văn A
"""
AMENDMENT = """\
id: ours
extends: central-2025-all-residents
notes: {vi: Theo nghị quyết, en: By resolution}
title: {vi: Của tỉnh, en: Ours}
reading: {vi: Theo nghị quyết, en: By resolution}
sources:
  resolution: {title: Nghị quyết 12, publisher: HĐND tỉnh, date: 2026-01-10}
blocs:
  party: {range: [18, 22], source: resolution}
minimum_population: {commune: 15000, source: resolution, note: {vi: Xã nhỏ, en: Small}}
unit_types: {special_zone: {note: {vi: Theo nghị quyết, en: By resolution}}}
"""

Load = Callable[[Path], Sequence[Problem]]


class Written(Struct, frozen=True):
    """A sound file: its name, its text, and what reads it and says what is wrong with it."""

    name: str
    text: str
    load: Load


def _asked(load: Callable[[Path], object]) -> Load:
    def problems(path: Path) -> Sequence[Problem]:
        try:
            load(path)
        except InputError as error:
            return error.problems
        return ()

    return problems


def _rules(path: Path) -> Sequence[Problem]:
    return read_rules(path).problems


def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def _shipped(stem: str) -> Written:
    return Written(
        f"{OURS}.yaml", _text(f"rules/{stem}.yaml").replace(f"id: {stem}\n", f"id: {OURS}\n"), _rules
    )


FILES: Mapping[str, Written] = {
    "frame": _shipped("cv-09-2025"),
    "amendment": Written(f"{OURS}.yaml", AMENDMENT, _rules),
    "policy": _shipped("redeployment-hai-phong-2025"),
    "standards": _shipped("unit-standards-2025"),
    "offices": _shipped("offices-2025"),
    "fields": _shipped("fields-2025"),
    "retirement": _shipped("retirement-2021"),
    "scenario": Written("plan.yaml", _text("tests/scenarios/every-operation.yaml"), _asked(load_scenario)),
    "paper": Written("paper.yaml", PAPER, _asked(load_paper)),
    "annex": Written(
        "annex.yaml", _text("data/forms/giao-bien-che.yaml"), _asked(lambda path: find_annex(str(path)))
    ),
}

VALUES = (
    *("1.000", "16.000", "1.000.000", "1,5", "1 000", "010507", "0o17", "0x10", "10:30", "1e3", "1_000"),
    *("-5", "+5", ".5", "2.0", ".inf", "99999999999999999999", '"1.000"', "50%", "50", "0.5"),
    *("no", "off", "Yes", "~", "null", "", "''", "'   '", "=", "có"),
    *("2025-13-01", "30/6/2025", "2025-06", "'2025-07-01'", "0206-07-01", "2205-07-01", "2025-07-01 10:30"),
    *("[]", "{}", "[a]", "{a: 1}", "&a 1", "*a", "!!str 1", "!x 1", "a: b", "C:\\data", '"C:\\data"', "@a"),
    *("Phường", "xã", "government", "goverment", "\t1", "'a", "[1", "{<<: {a: 1}}"),
)
"""What people write in place of a value, and programs of theirs."""


class Trap(Struct, frozen=True):
    """A file with something changed on a line; `path` is the value's, None where it is no one value."""

    text: str
    line: int
    written: str
    path: tuple[str | int, ...] | None


def values_of(text: str) -> list[tuple[tuple[str | int, ...], yaml.ScalarNode]]:
    """The values of a file that are neither keys nor lists nor mappings, each with its path."""
    found: list[tuple[tuple[str | int, ...], yaml.ScalarNode]] = []

    def walk(node: yaml.Node, path: tuple[str | int, ...]) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                walk(value, (*path, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for place, value in enumerate(node.value):
                walk(value, (*path, place))
        elif isinstance(node, yaml.ScalarNode):
            found.append((path, node))

    walk(yaml.compose(text, Loader=yaml.SafeLoader), ())
    return found


def with_value(text: str, path: tuple[str | int, ...], node: yaml.ScalarNode, written: str) -> Trap:
    """The file with `written` in place of a value; of a text over several lines, on the first."""
    start, end = node.start_mark, node.end_mark
    kept = "\n" if text[start.index : end.index].endswith("\n") else ""
    return Trap(f"{text[: start.index]}{written}{kept}{text[end.index :]}", start.line + 1, written, path)


def with_key(text: str, random: Random) -> Trap:
    """The file with a letter of a key lost, or the key once more."""
    lines = text.splitlines()
    places = [
        place
        for place, line in enumerate(lines)
        if line.lstrip(" -").partition(":")[0].replace("_", "").isalpha() and ": " in f"{line} "
    ]
    place = random.choice(places)
    line = lines[place]
    indent = len(line) - len(line.lstrip(" -"))
    key = line[indent:].partition(":")[0]
    if random.random() < 0.5 and line[:indent].isspace() | (indent == 0):
        again = f"{line[:indent]}{key}: 1"
        return Trap(
            "\n".join([*lines[: place + 1], again, *lines[place + 1 :]]) + "\n", place + 2, again, None
        )
    at = random.randrange(len(key))
    lines[place] = f"{line[:indent]}{key[:at]}{key[at + 1 :]}{line[indent + len(key) :]}"
    return Trap("\n".join(lines) + "\n", place + 1, lines[place], None)


def dressed(text: str) -> Mapping[str, bytes]:
    """The same file as other editors save it: it says the same in each."""
    return {
        "BOM": text.encode("utf-8-sig"),
        "CRLF": text.replace("\n", "\r\n").encode(),
        "NFD": unicodedata.normalize("NFD", text).encode(),
        "comments": f"# {text[:20]!r}\n{text}# đến đây là hết\n".encode(),
        "one document": f"---\n{text}...\n".encode(),
    }


def refused_forms(text: str) -> Mapping[str, bytes]:
    """The same file in forms that are no YAML in UTF-8, or not one document."""
    return {
        "UTF-16": text.encode("utf-16"),
        "UTF-16 without a mark": text.encode("utf-16-le"),
        "Windows-1258": unicodedata.normalize("NFC", text).encode("cp1258", "replace") + b"# \xe9\n",
        "two documents": f"{text}---\n{text}".encode(),
        "empty": b"",
        "a comment": b"# a\n",
        "null": b"~\n",
        "a list": b"- a\n- b\n",
        "a word": b"abc\n",
        "a table": b"code,name\n00001,X\xc3\xa3 A\n",
        "zeros": b"a: \0\n",
        "cut off": text[: text.index(":")].encode(),
    }


def as_written(written: str) -> list[object]:
    """What a plain value may be read as: its text, its whole number, its day, or nothing where it says so."""
    text = written.strip()
    found: list[object] = [text, text.strip("'\"")]
    if text in ("~", "null", ""):
        found.append(None)
    if text.removeprefix("-").isdigit() and str(int(text)) == text:
        found.append(int(text))
    if len(text) == 10 and text[4:8:3] == "--" and text.replace("-", "").isdigit():
        with suppress(ValueError):
            found.append(date.fromisoformat(text))
    return found
