"""The folder for an office without internet: what only Windows needs is looked up in the wheels."""

from __future__ import annotations

import importlib.util
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("offline_folder", ROOT / "docs" / "offline_folder.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def wheel(folder: Path, name: str, *needs: str) -> None:
    """A wheel with nothing in it but what it needs."""
    distribution = name.replace("-", "_")
    said = "".join(f"Requires-Dist: {need}\n" for need in needs)
    with zipfile.ZipFile(folder / f"{distribution}-1.0-py3-none-any.whl", "w") as opened:
        opened.writestr(f"{distribution}-1.0.dist-info/METADATA", f"Name: {name}\nVersion: 1.0\n{said}\n")


def test_what_only_windows_needs_is_missing_until_it_is_there(script: ModuleType, tmp_path: Path) -> None:
    wheel(tmp_path, "commune-quota", "click>=8", "fork; sys_platform != 'win32'", "plans; extra == 'all'")
    wheel(tmp_path, "click", "colorama; platform_system == 'Windows'", "old; python_version < '3.8'")
    wheel(tmp_path, "plans", "Time.Zones==2; sys_platform == 'win32'", "click[shell]")

    def missing(*extras: str) -> list[str]:
        found: list[str] = script.missing(tmp_path, "commune-quota", extras, script.on_windows("3.12"))
        return found

    assert missing() == ["colorama"]
    assert missing("all") == ["colorama", "Time.Zones==2"]
    wheel(tmp_path, "colorama")
    wheel(tmp_path, "time-zones", "more; python_version >= '3.12'")
    assert missing("all") == ["more"]
    wheel(tmp_path, "more", "commune-quota")
    assert missing("all") == []


def test_an_extra_that_a_wheel_asks_for_is_followed(script: ModuleType, tmp_path: Path) -> None:
    wheel(tmp_path, "commune-quota", "a", "a[b]")
    wheel(tmp_path, "a", "c; extra == 'b'", "d; extra == 'e'")
    assert script.missing(tmp_path, "commune-quota", [], script.on_windows("3.12")) == ["c"]


def test_the_folder_is_made_checked_without_a_network_and_told_in_four_lines(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pip is not run: what it is asked is kept, and the wheels it would bring are put there."""
    asked: list[tuple[str, ...]] = []

    def pip(*words: str) -> None:
        asked.append(words)
        if words[0] == "wheel":
            wheel(folder, "commune-quota", "click")
        elif words[0] == "download":
            wheel(folder, "colorama" if words[-1] == "colorama" else "click", "colorama; os_name == 'nt'")

    monkeypatch.setattr(script, "pip", pip)
    folder = tmp_path / "wheels"
    script.make(folder, "3.12", "all")
    assert [words[0] for words in asked] == ["wheel", "download", "download", "install"]
    assert all("win_amd64" in words for words in asked[1:])
    assert "--no-index" in asked[-1]
    lines = (folder / "CAI-DAT.txt").read_text(encoding="utf-8-sig").splitlines()
    assert [line[:2] for line in lines] == ["1.", "2.", "3.", "4."]
    assert 'pip install --no-index --find-links . "commune-quota[all]"' in lines[2]
    told = (ROOT / "docs" / "en" / "how-to" / "windows.md").read_text(encoding="utf-8")
    assert all(line in told for line in lines)
