"""`python docs/offline_folder.py FOLDER`: every wheel that `quota` needs on Windows, to install offline.

Run it anywhere there is a network, in a checkout. `pip download --platform` chooses wheels for Windows but
judges conditions such as `sys_platform == "win32"` by the machine it runs on, so what only Windows needs
(colorama, tzdata) is looked up in the wheels themselves until nothing is missing. Needs pip and packaging.
"""

from __future__ import annotations

import argparse
import email
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
NAME = "commune-quota"
INSTRUCTIONS = """\
1. Cài Python {python} (64 bit) từ tệp cài đặt, đánh dấu "Add python.exe to PATH".
2. Chép cả thư mục này vào máy, mở thư mục, gõ cmd vào thanh địa chỉ rồi nhấn Enter.
3. Gõ: py -{python} -m pip install --no-index --find-links . "commune-quota[{extra}]"
4. Kiểm tra: py -{python} -m quota audit hue
"""


def on_windows(python: str) -> dict[str, str]:
    """What markers are judged by on 64-bit Windows under this Python (`3.12`)."""
    return {
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_release": "10",
        "platform_system": "Windows",
        "platform_version": "10.0.19045",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": "win32",
    }


def needs(wheel: Path, extras: Iterable[str], environment: Mapping[str, str]) -> list[Requirement]:
    """What a wheel needs there, with these extras."""
    with zipfile.ZipFile(wheel) as opened:
        inside = next(name for name in opened.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        said = email.message_from_bytes(opened.read(inside)).get_all("Requires-Dist", [])
    wanted = []
    for requirement in map(Requirement, said):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({**environment, "extra": extra}) for extra in ("", *extras)):
            wanted.append(requirement)
    return wanted


def missing(folder: Path, root: str, extras: Iterable[str], environment: Mapping[str, str]) -> list[str]:
    """What `root[extras]` needs on Windows, itself or through others, and no wheel in the folder is."""
    wheels = {canonicalize_name(path.name.partition("-")[0]): path for path in sorted(folder.glob("*.whl"))}
    asked = {canonicalize_name(root): set(extras)}
    todo, lacking = list(asked), {}
    while todo:
        name = todo.pop()
        if name not in wheels:
            continue
        for requirement in needs(wheels[name], asked[name], environment):
            needed = canonicalize_name(requirement.name)
            if needed not in wheels:
                lacking[needed] = str(requirement).partition(";")[0].strip()
            known = asked.get(needed)
            if known is None or not requirement.extras <= known:
                asked[needed] = (known or set()) | requirement.extras
                todo.append(needed)
    return [lacking[name] for name in sorted(lacking)]


def pip(*words: str) -> None:
    """Run pip, and stop where it fails."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", *words]
    subprocess.run(command, check=True)  # noqa: S603  (this Python's pip, with words written here)


def make(folder: Path, python: str, extra: str) -> None:
    """Fill the folder, and prove without the network that it is enough."""
    folder.mkdir(parents=True)
    there = ("--platform", "win_amd64", "--python-version", python, "--only-binary", ":all:")
    constraints = ("-c", str(ROOT / "constraints.txt"))
    pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    (own,) = folder.glob("commune_quota-*.whl")
    pip(
        "download",
        *there,
        *constraints,
        "--dest",
        str(folder),
        f"commune-quota[{extra}] @ {own.resolve().as_uri()}",
    )
    while lacking := missing(folder, NAME, [extra], on_windows(python)):
        pip("download", *there, *constraints, "--dest", str(folder), *lacking)
    with tempfile.TemporaryDirectory() as nowhere:
        pip(
            "install",
            *there,
            "--no-index",
            "--find-links",
            str(folder),
            "--target",
            nowhere,
            f"commune-quota[{extra}]",
        )
    text = INSTRUCTIONS.format(python=python, extra=extra)
    (folder / "CAI-DAT.txt").write_text(text, encoding="utf-8-sig", newline="\r\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder that does not exist yet")
    parser.add_argument("--python", default="3.12", help="the Python on the Windows machines")
    parser.add_argument("--extra", default="all", help="an extra of quota: plan, report, bulk or all")
    given = parser.parse_args()
    make(given.folder, given.python, given.extra)


if __name__ == "__main__":
    main()
