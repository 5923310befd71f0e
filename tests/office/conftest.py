"""LibreOffice, as the program that opens what is handed in; where it is not installed, its tests skip."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.laws.often import LONG

Convert = Callable[[Sequence[Path], str, Path], list[Path]]


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Convert files to another format with LibreOffice, which recalculates what has no kept value."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (Debian: libreoffice-calc-nogui, libreoffice-writer-nogui)")
    profile = tmp_path_factory.mktemp("libreoffice")

    def run(files: Sequence[Path], to: str, folder: Path) -> list[Path]:
        done = subprocess.run(
            [
                office,
                "--headless",
                f"-env:UserInstallation={profile.as_uri()}",
                "--convert-to",
                to,
                "--outdir",
                str(folder),
                *map(str, files),
            ],
            capture_output=True,
            encoding="utf-8",
            timeout=3_600 if LONG else 300,  # ten thousand rows of long formulas beside other work
            check=False,
        )
        made = [folder / f"{file.stem}.{to}" for file in files]
        assert all(file.is_file() for file in made), done.stdout + done.stderr
        return made

    return run
