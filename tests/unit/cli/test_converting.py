"""Plain values become what typer makes of them, without pydantic; what is not plain is left to typer."""

from __future__ import annotations

import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer

from quota.cli.converting import convert_plainly


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


def _even(text: str) -> int:
    if int(text) % 2:
        raise typer.BadParameter(f"{text} is odd")
    return int(text)


def _shouted(text: str | None) -> str | None:
    return None if text is None else text.upper()


def show(
    name: Annotated[str, typer.Argument()],
    files: Annotated[list[str] | None, typer.Argument()] = None,
    word: Annotated[str, typer.Option(callback=_shouted)] = "some",
    colour: Annotated[Colour | None, typer.Option()] = None,
    colours: Annotated[list[Colour] | None, typer.Option("--also")] = None,
    default: Annotated[Colour, typer.Option()] = Colour.GREEN,
    path: Annotated[Path | None, typer.Option()] = None,
    there: Annotated[Path | None, typer.Option(exists=True, dir_okay=False)] = None,
    paths: Annotated[list[Path] | None, typer.Option("--paths")] = None,
    even: Annotated[Any, typer.Option(parser=_even)] = None,
    number: Annotated[int | None, typer.Option(min=2)] = None,
    share: Annotated[float, typer.Option(max=1)] = 0.5,
    loud: Annotated[bool, typer.Option("--loud")] = False,
) -> None:
    values = (name, files, word, colour, colours, default, path, there, paths, even, number, share, loud)
    typer.echo([(type(value).__name__, value) for value in values])


def _command() -> Any:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(show)
    return typer.main.get_command(app)


def _run(command: Any, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as end:
        command(args=arguments, prog_name="show")
    said = capsys.readouterr()
    return end.value.code, said.out, said.err


ROOT = Path(__file__).parents[3]
ARGUMENTS = [
    ["x"],
    ["x", "a.csv", "b.csv", "--word", "one"],
    ["", "--word", ""],
    ["x", "--colour", "red", "--also", "green", "--also", "red", "--default", "red"],
    ["x", "--colour", "Red"],
    ["x", "--also", "red", "--also", "blue"],
    ["x", "--path", "nowhere/at/all", "--paths", "one", "--paths", "two"],
    ["x", "--path", "", "--path", "."],
    ["x", "--path", "a\0b"],
    ["x", "--there", str(ROOT / "pyproject.toml")],
    ["x", "--there", str(ROOT)],
    ["x", "--there", "nowhere"],
    ["x", "--even", "4"],
    ["x", "--even", "3"],
    ["x", "--even", "four"],
    ["x", "--number", "2", "--share", "0.25", "--loud"],
    ["x", "--number", "1"],
    ["x", "--number", "many"],
    ["x", "--share", "half"],
    ["x", "--share", "2"],
    [],
    ["x", "--nope"],
    ["--help"],
]


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=" ".join)
def test_values_and_refusals_are_those_of_typer(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    plainly = convert_plainly(_command())
    assert _run(plainly, arguments, capsys) == _run(_command(), arguments, capsys)


PLAIN = """
import sys
import typer
from tests.unit.cli.test_converting import _command, convert_plainly
arguments = "x a.csv --word one --colour red --also green --path here --even 4".split()
convert_plainly(_command())(args=arguments, standalone_mode=False)
sys.exit("pydantic" in sys.modules)
"""


def test_plain_values_need_no_pydantic() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PLAIN], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert "('Colour', <Colour.RED: 'red'>)" in done.stdout
