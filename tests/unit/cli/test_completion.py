"""What the shell is offered, asked the way a shell asks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def offered(words: str) -> list[str]:
    """The completions of the last word, as bash gets them."""
    environment = {
        **os.environ,
        "_QUOTA_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    call = "from quota.cli.main import main; main([])"
    done = subprocess.run(
        [sys.executable, "-c", call],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("quota audit --rules central-2025-", {"central-2025-all-residents"}),
        ("quota audit --rules ", {"central-2025", "central-2025-all-residents"}),
        ("quota audit ha", {"hai-phong", "ha-noi", "ha-tinh"}),
        ("quota audit --staff ", {"hai-phong-staff-sample"}),
        ("quota audit --assigned ", {"hai-phong-assigned-sample"}),
        ("quota rules show c", {"central-2025", "central-2025-all-residents"}),
        ("quota explain hong-b", {"hong-bang"}),
        ("quota explain phuong-hong-b", {"phuong-hong-bang"}),
        ("quota explain hồng-b", {"hồng-bàng"}),
        ("quota explain 11311", {"11311"}),
        ("quota report hu", {"hue"}),
        ("quota repo", {"report"}),
    ],
)
def test_ids_tables_and_units_are_offered(words: str, expected: set[str]) -> None:
    assert expected <= set(offered(words))
    assert all(word.startswith(words.rsplit(" ", 1)[1]) for word in offered(words))


def test_where_nothing_fits_the_shell_is_left_to_offer_files() -> None:
    assert offered("quota audit ./no-such") == []


def test_what_is_offered_for_a_unit_is_understood(quota: object) -> None:
    for word in ("hong-bang", "hồng-bàng"):
        run = quota("explain", word)  # type: ignore[operator]  # the fixture of conftest
        assert "Phường Hồng Bàng" in run.out
