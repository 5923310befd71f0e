"""Damaged files: what people, spreadsheets and disks do to a good one, in steps that shrink well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

CELLS = (
    *("", " ", "0", "-1", "00001", "7", "1.5", "1,5", "16.000", "16,000", "1.234.567", "12,5.5", "1e9", "-0"),
    *(
        "+3",
        "0x10",
        "1_000",
        "9" * 16,
        "9" * 400,
        "nan",
        "inf",
        "-inf",
        "1e999",
        "-5",
        "1e-400",
        "½",
        "٣",
        "²",
        "①",
        "3/4",
    ),
    *("?", "-", "…", "đang cập nhật", "null", "true", "yes", "no", "~", "=1+1", "@SUM(A1)", "+cmd|' /C'!A0"),
    *("2026-02-30", "31/02/2026", "03/04/2026", "0000-00-00", "9999-12-31", "2026-08-17", "1/1/1"),
    *("Tổng cộng", "I. Các xã", "xã", "Phường", "P.", "Xã An Bình", "Xa An Binh", "An Bình", "đặc khu"),
    *("government", "unit", "department", "finance", "finance;;justice", "a;b+c", "commune", "none"),
    *("[red]x[/red]", "[/]", "[link=file:///etc]x", "\x1b[31mx", "<b>x</b>", "&amp;", "${x}", "{x}", "%s"),
    *(
        "\u202e\u0645",
        "\u200b",
        "\ufeff",
        "\u00ad",
        "e\u0301\u0301\u0301",
        "\U0001f9d1",
        "\ud7ff",
        "\x00",
        "\x07",
    ),
    *('"', '""', 'a"b', "a,b", "a\nb", "a\r\nb", "a\tb", "'", "|", ";", "x" * 2_000, "\u2028", "\x85"),
    *("units.csv", "../etc/passwd", "/dev/null", "-", "--help", "00001 00002"),
)
LINES = (
    *("", ",,,,", "Ghi chú: cộng", "1,2,3,4,5,6,7,8,9,10,11", "sep=;", '"', "code,name,type,population"),
    *("key: value", "- x", "? a", "a: &b c", "*b", "!!python/object:os.system x", "---", "...", "%YAML 1.1"),
    *(
        "{",
        "}",
        "[",
        "]",
        "id: ours",
        "extends: central-2025",
        "extends: ours",
        "<<: *x",
        "a: |",
        "\t",
        "\ufeff",
    ),
    *("{a: {a: {a: {}}}}", "sources: {}", "blocs: null", "kind: fields", "population: units.csv"),
)

Step = Callable[[bytes], bytes]


def _text(change: Callable[[list[str], Any], None], *drawn: Any) -> Callable[[bytes], bytes]:
    def step(content: bytes) -> bytes:
        lines = content.decode("utf-8", "surrogateescape").split("\n")
        change(lines, drawn)
        return "\n".join(lines).encode("utf-8", "surrogatepass" if not _escaped(lines) else "surrogateescape")

    return step


def _escaped(lines: list[str]) -> bool:
    return any("\udc80" <= letter <= "\udcff" for line in lines for letter in line)


def _cell(lines: list[str], drawn: Any) -> None:
    row, column, value = drawn
    place = row % len(lines)
    for mark in (",", ":", '"'):
        cells = lines[place].split(mark)
        if len(cells) > 1:
            cells[column % len(cells)] = value
            lines[place] = mark.join(cells)
            return
    lines[place] = value


def _line(lines: list[str], drawn: Any) -> None:
    row, value = drawn
    lines.insert(row % (len(lines) + 1), value)


def _drop(lines: list[str], drawn: Any) -> None:
    lines.pop(drawn[0] % len(lines))
    lines.append("") if not lines else None


def _again(lines: list[str], drawn: Any) -> None:
    row, other = drawn
    lines.insert(other % (len(lines) + 1), lines[row % len(lines)])


def _bytes(place: int, value: bytes) -> Step:
    def step(content: bytes) -> bytes:
        at = place % (len(content) + 1)
        return content[:at] + value + content[at + len(value) :]

    return step


def _recoded(encoding: str) -> Step:
    return lambda content: content.decode("utf-8", "replace").encode(encoding, "replace")


def _swapped(mark: str) -> Step:
    return lambda content: content.replace(b",", mark.encode())


SMALL = st.integers(0, 40)
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda *drawn: _text(_cell, *drawn), SMALL, SMALL, st.sampled_from(CELLS)),
    st.builds(lambda *drawn: _text(_cell, *drawn), SMALL, SMALL, st.text(max_size=12)),
    st.builds(lambda *drawn: _text(_line, *drawn), SMALL, st.sampled_from(LINES)),
    st.builds(lambda *drawn: _text(_line, *drawn), SMALL, st.text(max_size=20)),
    st.builds(lambda *drawn: _text(_drop, *drawn), SMALL),
    st.builds(lambda *drawn: _text(_again, *drawn), SMALL, SMALL),
    st.builds(_bytes, st.integers(0, 3_000), st.binary(min_size=1, max_size=4)),
    st.builds(lambda end: lambda content: content[: end % (len(content) + 1)], st.integers(0, 3_000)),
    st.sampled_from(
        [_recoded(encoding) for encoding in ("utf-16", "utf-16-be", "cp1258", "latin-1", "utf-8-sig")]
    ),
    st.sampled_from([_swapped(delimiter) for delimiter in (";", "\t", "|", ", ")]),
    st.just(lambda content: content.replace(b"\n", b"\r\n")),
    st.just(lambda content: content.replace(b"\n", b"\r")),
)


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """The content after one to four mishaps; now and then any bytes at all."""
    if draw(st.integers(0, 19)) == 19:
        return draw(st.binary(max_size=300))
    for step in draw(st.lists(STEPS, min_size=1, max_size=4)):
        content = step(content)
    return content
