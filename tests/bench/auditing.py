"""The ways to audit a table of units: a file in, the same columns and all figures out."""

from __future__ import annotations

from pathlib import Path

from measuring import PEERS, Peer

_SUMS = str(PEERS / "sums.py")


def quota_audit(source: Path, folder: Path, most: int | None = None, why: str = "") -> Peer:
    """The command for a clerk's table."""
    out = str(folder / "audit.csv")
    command = ["-m", "quota", "audit", str(source), "--format", "csv", "-o", out]
    return Peer("quota audit --format csv", command, answer=[_SUMS, out], most=most, why=why)


def quota_bulk(source: Path, folder: Path, engine: str) -> Peer:
    """The command for a table of any size."""
    out = str(folder / f"bulk-{engine}{source.suffix}")
    command = ["-m", "quota", "bulk", str(source), out, "--engine", engine, "--format", "csv"]
    return Peer(f"quota bulk --engine {engine}", command, engine, answer=[_SUMS, out])


def script(source: Path, folder: Path, name: str, most: int | None = None, why: str = "") -> Peer:
    """The same by hand, in a library."""
    out = str(folder / f"{name}{source.suffix}")
    arguments = [str(PEERS / f"{name}_audit.py"), str(source), out]
    return Peer(f"{name} script", arguments, name, answer=[_SUMS, out], most=most, why=why)


def same_columns(source: Path, folder: Path) -> Peer:
    """A script in Polars that writes all columns that `quota bulk` writes, and checks nothing."""
    out = str(folder / "same-columns.csv")
    arguments = [str(PEERS / "polars_bulk.py"), str(source), out]
    return Peer("polars script, same columns", arguments, "polars", answer=[_SUMS, out])


def scripts(source: Path, folder: Path) -> list[Peer]:
    """The same by hand in each library there is."""
    return [script(source, folder, name) for name in ("duckdb", "pandas", "polars")]


def openfisca(source: Path, folder: Path, most: int, why: str) -> Peer:
    """The same rule as variables of a tax-benefit system, vectorised over units."""
    out = str(folder / "openfisca.csv")
    arguments = [str(PEERS / "openfisca_audit.py"), str(source), out]
    return Peer(
        "openfisca-core",
        arguments,
        environment="openfisca-core",
        answer=[_SUMS, out],
        most=most,
        why=why,
    )


def office(book: Path, size: int, folder: Path, most: int) -> Peer:
    """LibreOffice, which calculates every formula of the audit's own workbook."""
    out = folder / "office"
    return Peer(
        "LibreOffice, live workbook",
        [str(PEERS / "office_audit.py"), str(book), str(out)],
        program="soffice",
        answer=[_SUMS, str(out / f"{book.stem}-Units.csv"), str(size)],
        most=most,
        why="minutes to write and open the book",
    )
