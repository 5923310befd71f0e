"""Workbooks that nobody should be able to hurt with."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import xlwt

from tests.hostile.books import lying, ods, sheet_of, xlsx
from tests.hostile.case import Case, refused, survived

HEADING = ["code", "name", "type", "population", "government", "party", "front"]
UNIT = ["00001", "Xã A", "xã", 20_000, 34, 17, 8]
SMALL = sheet_of([HEADING, UNIT])
_SPACE = b" " * 1_000_000
_MERGED = 'table:number-columns-repeated="{}"'


def book(
    make: Callable[..., Path], *arguments: object, name: str = "units.xlsx", **more: object
) -> Callable[[Path], Sequence[str]]:
    """`quota audit` of a workbook."""

    def made(folder: Path) -> Sequence[str]:
        return ["audit", str(make(folder / name, *arguments, **more)), "--format", "csv"]

    return made


def odf(*arguments: object) -> Callable[[Path], Sequence[str]]:
    return book(ods, *arguments, name="units.ods")


def with_cell(cell: str, **more: object) -> Callable[[Path], Sequence[str]]:
    """A unit whose residents are this cell."""
    return book(xlsx, sheet_of([HEADING, [*UNIT[:3], cell, *UNIT[4:]]]), **more)


def spaces(megabytes: int) -> Iterable[bytes]:
    return (_SPACE for _ in range(megabytes))


def says_little(folder: Path) -> Sequence[str]:
    path = xlsx(folder / "units.xlsx", [SMALL.encode(), *spaces(600)])
    return ["audit", str(lying(path, "xl/worksheets/sheet1.xml", 5_000))]


def bytes_of(content: bytes, name: str = "units.xlsx") -> Callable[[Path], Sequence[str]]:
    def made(folder: Path) -> Sequence[str]:
        (folder / name).write_bytes(content)
        return ["audit", str(folder / name)]

    return made


def cut(folder: Path) -> Sequence[str]:
    path = xlsx(folder / "units.xlsx", SMALL)
    path.write_bytes(path.read_bytes()[:-100])
    return ["audit", str(path)]


def parts(number: int) -> Callable[[Path], Sequence[str]]:
    def made(folder: Path) -> Sequence[str]:
        path = xlsx(
            folder / "units.xlsx", SMALL, more=((f"p{place}.xml", b"<a/>") for place in range(number))
        )
        return ["audit", str(path)]

    return made


def binary(folder: Path) -> Sequence[str]:
    path = folder / "units.xlsb"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("xl/workbook.bin", b"\0")
    return ["audit", str(path)]


def locked(folder: Path) -> Sequence[str]:
    path = xlsx(folder / "units.xlsx", SMALL)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as made:
        content[made.start_dir + 8] |= 1
    path.write_bytes(content)
    return ["audit", str(path)]


def old(sheets: int) -> Callable[[Path], Sequence[str]]:
    """An .xls with a cell at both ends of each sheet."""

    def made(folder: Path) -> Sequence[str]:
        made = xlwt.Workbook()
        for number in range(sheets):
            sheet = made.add_sheet(f"S{number}")
            sheet.write(0, 0, "code")
            sheet.write(65_535, 255, 1)
        path = folder / "units.xls"
        made.save(str(path))
        return ["audit", str(path)]

    return made


def ods_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def ods_row(cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


ODS_SMALL = ods_row("".join(map(ods_cell, HEADING))) + ods_row("".join(ods_cell(str(cell)) for cell in UNIT))
_FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PREFIXED = f'<x:s xmlns:x="{_MAIN}">{_FAR.replace("<c", "<x:c").replace("</c", "</x:c")}</x:s>'
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {new} "{f"&{old_};" * 10}">' for old_, new in zip("abcdefghi", "bcdefghij", strict=True)
)
_OTHER_FILE = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
_TO_OTHERS = (
    "xl/externalLinks/externalLink1.xml",
    b'<externalLink xmlns="x"><ddeLink ddeService="cmd"/></externalLink>',
)
_MACROS = ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"\0" * 5_000)
_COMPUTED = '<c r="PLACE"><f>SUM(1,2)</f>{}</c>'
_UNPACKS = "unpacks to more than 400,000,000 bytes"
_REACHES = "reach over more than 8,000,000 cells"
_ANEW = '<calcPr calcId="124519" fullCalcOnLoad="1"/>'

CASES: tuple[Case, ...] = (
    refused("xlsx bomb of 600 MB", book(xlsx, [SMALL.encode(), *spaces(600)]), _UNPACKS, slow=True),
    refused("xlsx bomb of 10 GB", book(xlsx, spaces(10_000)), _UNPACKS, full=True),
    refused("xlsx bomb that says it is small", says_little, _UNPACKS, slow=True),
    refused("ods bomb of 600 MB", odf(spaces(600)), _UNPACKS, slow=True),
    refused("xlsx with a cell at XFD1048576", book(xlsx, SMALL + _FAR), _REACHES),
    refused(
        "xlsx with a cell at XFD1048576, in single quotes",
        book(xlsx, SMALL + _FAR.replace('"', "'")),
        _REACHES,
    ),
    refused(
        "xlsx with a cell at XFD1048576, over lines",
        book(xlsx, SMALL + _FAR.replace("<c ", "<c\n")),
        _REACHES,
    ),
    refused(
        "xlsx with a cell at XFD1048576, by a prefix",
        book(
            xlsx,
            SMALL + _PREFIXED,
        ),
        _REACHES,
    ),
    refused(
        "xlsx with a cell at AAAAAA1",
        book(xlsx, SMALL + '<row r="3"><c r="AAAAAA1"><v>1</v></c></row>'),
        "a cell without a place",
    ),
    survived(
        "xlsx with an empty cell at XFD1048576",
        book(xlsx, SMALL + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'),
        "00001",
    ),
    refused(
        "xlsx of a million rows of twenty",
        book(xlsx, (b"<row>" + b"<c><v>1</v></c>" * 20 + b"</row>" for _ in range(1_000_000))),
        _REACHES,
        full=True,
    ),
    refused(
        "xlsx with a text of 100 kB in 20,000 cells",
        book(
            xlsx,
            ("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>") * 200,
            shared=f"<si><t>{'x' * 100_000}</t></si>",
        ),
        _UNPACKS,
    ),
    refused(
        "xlsx with a cell of 40,000 characters", with_cell("x" * 40_000), "row 2: a cell of more than 32,767"
    ),
    refused(
        "xlsx of 2,000 columns",
        book(xlsx, "<row>" + "<c><v>1</v></c>" * 2_000 + "</row>"),
        "2,000 columns; at most 1,000",
    ),
    refused(
        "xlsx with a billion laughs",
        book(xlsx, SMALL + '<row r="3"><c r="A3" t="str"><v>&j;</v></c></row>', before=f"{_LAUGHS}]>"),
        "not a workbook that can be read",
    ),
    survived("xlsx that names another file as an entity", book(xlsx, SMALL, before=_OTHER_FILE), "00001"),
    refused("xlsx of 20,000 parts", parts(20_000), "too many parts"),
    refused("xlsx that is cut off", cut, "not a workbook that can be read"),
    refused(
        "xlsx with a part twice",
        book(xlsx, SMALL, more=[("XL/worksheets/Sheet1.xml", b"<a/>")]),
        "a part is there twice",
    ),
    refused("xlsx of zeros", bytes_of(b"PK\x03\x04" + b"\0" * 1_000), "not a workbook that can be read"),
    refused("xlsb", binary, "a binary workbook (.xlsb); save it as .xlsx"),
    refused("xlsx with a password", locked, "locked with a password"),
    refused(
        "xls with cells at both ends of 20 sheets",
        old(20),
        "more memory than a workbook does",
        megabytes=2_600,
    ),
    refused(
        "xls of zeros",
        bytes_of(b"\xd0\xcf\x11\xe0" + b"\0" * 1_000, "units.xls"),
        "not a workbook that can be read",
    ),
    refused(
        "ods with a cell repeated over columns",
        odf(ODS_SMALL + ods_row(ods_cell("x", _MERGED.format(9_000_000)))),
        _REACHES,
    ),
    refused("ods with a row repeated", odf(ODS_SMALL + ods_row(ods_cell("x"), 2_000_000_000)), _REACHES),
    refused(
        "ods with a cell far down",
        odf(
            ods_row(ods_cell(""), 1)
            + f'<table:table-row {"table:number-rows-repeated"}="900000"/>'
            + ods_row("<table:table-cell " + _MERGED.format(16_000) + "/>" + ods_cell("x"))
        ),
        _REACHES,
    ),
    refused(
        "ods with four billion spaces", odf(ods_row(ods_cell('<text:s text:c="4000000000"/>'))), _UNPACKS
    ),
    refused(
        "ods with a long text repeated",
        odf(ods_row(ods_cell("x" * 30_000, _MERGED.format(100)), 1_000)),
        _UNPACKS,
    ),
    survived(
        "ods that ends in a million empty rows",
        odf(ODS_SMALL + ods_row("<table:table-cell " + _MERGED.format(16_384) + "/>", 1_048_000)),
        "00001",
    ),
    survived("xlsx with links to other workbooks", book(xlsx, SMALL, more=[_TO_OTHERS]), "00001"),
    survived("xlsm with macros", book(xlsx, SMALL, more=[_MACROS], name="units.xlsm"), "00001"),
    survived("xlsx with a formula and its value", with_cell(_COMPUTED.format("<v>20000</v>")), "20000"),
    survived(
        "xlsx with a formula to another file",
        with_cell('<c r="PLACE"><f>[1]Sheet1!A1</f><v>20000</v></c>'),
        "20000",
    ),
    refused(
        "xlsx with a formula without a value",
        with_cell(_COMPUTED.format("")),
        "row 2, population: a formula that was never worked out",
    ),
    refused(
        "xlsx with a formula with an empty value",
        with_cell(_COMPUTED.format("<v></v>")),
        "a formula that was never worked out; open the workbook in Excel, or in LibreOffice",
    ),
    refused(
        "xlsx with a formula to be worked out anew",
        with_cell(_COMPUTED.format("<v>0</v>"), calculation=_ANEW),
        "left to be worked out when the workbook is opened",
    ),
    refused(
        "xlsx with an error in a cell",
        with_cell('<c r="PLACE" t="e"><v>#REF!</v></c>'),
        "row 2, population: the cell holds an error",
    ),
    refused(
        "xlsx with a formula that ends in an error",
        with_cell('<c r="PLACE" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
        "the cell holds an error, not a value",
    ),
)
