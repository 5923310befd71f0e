"""Tables as text that nobody should be able to hurt with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tests.hostile.case import Case, refused, survived

HEADER = "code,name,type,population,government,party,front\n"
ROWS = "".join(f"{code:05},Xã {code},xã,{16_000 + code},30,17,8\n" for code in range(1, 21))
GOOD = HEADER + ROWS


def table(content: str | bytes | Iterable[bytes], *options: str) -> Callable[[Path], Sequence[str]]:
    """`quota audit` of a CSV file of this content."""

    def make(folder: Path) -> Sequence[str]:
        path = folder / "units.csv"
        with path.open("wb") as opened:
            if isinstance(content, str):
                opened.write(content.encode("utf-8"))
            elif isinstance(content, bytes):
                opened.write(content)
            else:
                for piece in content:
                    opened.write(piece)
        return ["audit", str(path), "--format", "csv", *options]

    return make


def sparse(size: int) -> Callable[[Path], Sequence[str]]:
    """A table whose last cell has no end: so many bytes, of which the disk holds a few."""

    def make(folder: Path) -> Sequence[str]:
        path = folder / "units.csv"
        path.write_text(GOOD + '00021,"Xã', encoding="utf-8")
        with path.open("rb+") as opened:
            opened.truncate(size)
        return ["audit", str(path)]

    return make


def folder_of_tables(folder: Path) -> Sequence[str]:
    """A folder with a table, a link to itself, a link to nothing and hidden files."""
    inside = folder / "tables"
    inside.mkdir()
    (inside / "units.csv").write_text(GOOD, encoding="utf-8")
    (inside / "loop.csv").symlink_to(inside / "loop.csv")
    (inside / "nothing.csv").symlink_to(inside / "no-such.csv")
    (inside / "folder.csv").mkdir()
    (inside / ".hidden.csv").write_text("x\n")
    return ["audit", str(inside), "--format", "csv"]


def piped(content: bytes, name: str, said: str, megabytes: int) -> Case:
    """A table on standard input."""
    return Case(name, lambda _: ["audit", "-", "--format", "csv"], said, megabytes=megabytes, stdin=content)


def swallowed(first: int, last: int) -> str:
    """A quote opened in a name and closed in the name of a later row."""
    lines = ROWS.splitlines(keepends=True)
    lines[first] = lines[first].replace("Xã ", '"Xã ')
    lines[last] = lines[last].replace(",xã", '",xã')
    return HEADER + "".join(lines)


_A_MILLION = (("column," * 1_000_000)[:-1] + "\n").encode()

CASES: tuple[Case, ...] = (
    refused(
        "CSV of a million columns",
        table([_A_MILLION, b"x," * 1_000_000]),
        "1,000,000 columns; at most 1,000",
        250,
    ),
    refused("CSV with a cell of a gigabyte", sparse(1_000_000_000), "more than 64,000,000 bytes"),
    refused(
        "CSV with a cell of a gigabyte, written out",
        table([GOOD.encode(), b'00021,"', *([b"x" * 1_000_000] * 1_000), b'",x']),
        "more than 64,000,000 bytes",
        full=True,
    ),
    refused(
        "CSV with a cell of sixty megabytes",
        table([GOOD.encode(), b"00021,", b"x" * 60_000_000, b",xa,1,1,1,1\n"]),
        "row 22: a cell of more than 32,767 characters",
        megabytes=900,
    ),
    refused(
        "CSV with a cell of 40,000 characters",
        table(GOOD + "00021," + "x" * 40_000 + ",xã,1,1,1,1\n"),
        "row 22: a cell of more than 32,767 characters",
    ),
    survived(
        "CSV with a name of 10,000 characters",
        table(GOOD + "00021," + "x" * 10_000 + ",xã,1,1,1,1\n"),
        "x" * 10_000,
    ),
    refused(
        "CSV of two million rows",
        table([b"code,name\n", b"1,a\n" * 2_000_000]),
        "more than 1,048,576 rows",
        400,
    ),
    refused(
        "CSV of nine million cells",
        table([b"a," * 899 + b"a\n", (b"x," * 899 + b"x\n") * 10_000]),
        "more than 8,000,000 cells",
        900,
    ),
    refused(
        "CSV of sixty million empty lines",
        table([b"\n" * 60_000_000]),
        "row 1048577: more than 1,048,576 rows",
        600,
    ),
    refused("CSV with NUL bytes", table(GOOD.replace("Xã 3", "Xã\0 3")), "a binary file, not a table"),
    survived(
        "CSV with NUL bytes, read as it says",
        table(GOOD.replace("Xã 3,", "Xã\0 3,"), "--encoding", "utf-8"),
        "\\u0000",
    ),
    refused("CSV of zeros", table(b"\0" * 100_000), "a binary file, not a table"),
    refused("CSV with an unclosed quote", table(GOOD.replace(",Xã 5", ',"Xã 5')), "close every double quote"),
    refused("CSV with a quote after text", table(GOOD.replace("Xã 5,", '"Xã 5" x,')), "row 6: not CSV"),
    refused(
        "CSV with a quote closed a row late",
        table(swallowed(4, 5)),
        "row 6: a quoted cell runs over 2 lines",
    ),
    refused(
        "CSV with a quote closed ten rows late",
        table(swallowed(4, 14)),
        "row 6: a quoted cell runs over 11 lines",
    ),
    refused(
        "CSV with a quote closed in the last row",
        table(swallowed(0, 19)),
        "a quoted cell runs over 20 lines",
    ),
    refused("CSV with a quote around it all", table(f'"{GOOD}"'), "headings and no rows"),
    refused(
        "CSV with a quote over rows, by semicolons",
        table(swallowed(4, 7).replace(",", ";")),
        "row 6: a quoted cell runs over 4 lines",
    ),
    survived(
        "CSV with text over two lines",
        table(
            HEADER.replace("front", "front,note")
            + '00001,Xã A,xã,20000,30,17,8,"Of A, B, C,\nof D, E, F, G, H, I, J"\n'
        ),
        "of D, E, F, G, H, I, J",
    ),
    refused("CSV with a row cut short", table(GOOD + "00021,Xã 21\n"), "row 22: 2 cells under 7 headings"),
    refused("CSV of random bytes", table(bytes(range(1, 256)) * 400), ""),
    refused("a PDF for a table", table(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"1 0 obj\n" * 100), ""),
    refused("nothing for a table", table(b""), "the file is empty"),
    refused("a byte-order mark for a table", table(b"\xef\xbb\xbf"), "the file is empty"),
    refused("CSV in UTF-16 cut in half", table(GOOD.encode("utf-16")[:-1]), "not utf-16 text"),
    refused(
        "CSV with residents of 30,000 digits",
        table(GOOD.replace("16001", "9" * 30_000)),
        "not a whole number",
    ),
    refused(
        "CSV with residents in other digits", table(GOOD.replace("16001", "١٦٠٠١")), "not a whole number"
    ),
    refused("CSV with residents as a power", table(GOOD.replace("16001", "1e9")), "not a whole number"),
    survived("a folder with links in circles", folder_of_tables, "00020"),
    piped(b"\0" * 70_000_000, "a pipe that does not end", "more than 64,000,000 bytes", 300),
)
