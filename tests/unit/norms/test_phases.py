"""One frame that changes with time: each phase is an amendment from its day on, and no day is guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quota.analysis.audit.auditing import audit
from quota.core.problems import InputError, Problem, Severity
from quota.core.units import Unit, UnitTable, UnitType
from quota.norms.applying import load_norms
from quota.norms.evaluation import quota_of
from quota.norms.flattening import fields_of
from quota.norms.granting import Assumption
from quota.norms.held.days import changes_of_frame
from quota.norms.loading import load_frame, read_rules
from quota.norms.schema import Frame
from quota.norms.varying import numeric_fields

HEAD = """\
id: ours
title: {vi: Thử, en: Test}
status: draft
effective: {from: 2025-07-01, to: 2035-12-31}
reading: {vi: Thử, en: First}
sources:
  law: {title: Law, publisher: Gazette, date: 2025-01-01}
blocs:
  government: {base: 40, most: 60, source: law}
  party: {range: [17, 20], source: law}
"""
PHASE = """\
  - from: 2030-07-01
    reading: {vi: Thử, en: Second}
    blocs:
      government: {base: 32, source: law}
"""
LATER = """\
  - from: 2032-01-01
    reading: {vi: Thử, en: Third}
    blocs:
      party: {range: [15, 17], source: law}
"""


def ours(folder: Path, phases: str, after: str = "") -> Path:
    path = folder / "ours.yaml"
    path.write_text(HEAD + "phases:\n" + phases + after, encoding="utf-8")
    return path


def refused(path: Path) -> list[tuple[str, str | None, str]]:
    loaded = read_rules(path)
    assert loaded.rules is None
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(found.code, found.column, lines[(found.row or 0) - 1].strip()) for found in loaded.problems]


def posts(frame: Frame) -> tuple[int, int, int]:
    quota = quota_of(frame, Unit("1", "A", UnitType.COMMUNE, 20_000))
    assert quota is not None
    return quota.blocs["government"].low, quota.blocs["party"].low, quota.blocs["party"].high


@pytest.mark.parametrize(
    ("day", "reading", "given"),
    [
        (date(2025, 7, 1), "First", (40, 17, 20)),
        (date(2030, 6, 30), "First", (40, 17, 20)),
        (date(2030, 7, 1), "Second", (32, 17, 20)),
        (date(2031, 12, 31), "Second", (32, 17, 20)),
        (date(2032, 1, 1), "Third", (32, 15, 17)),
        (date(2035, 12, 31), "Third", (32, 15, 17)),
    ],
)
def test_a_phase_holds_from_its_day_until_the_next_begins(
    tmp_path: Path, day: date, reading: str, given: tuple[int, int, int]
) -> None:
    path = ours(tmp_path, PHASE + LATER)
    whole = load_frame(path)
    for frame in (whole.on(day), load_frame(path, day)):
        assert posts(frame) == given
        assert frame.reading.en == reading
        assert frame.phases == ()
        assert frame.on(date(2025, 7, 1)) is frame
        assert (frame.id, frame.files, frame.effective) == (whole.id, whole.files, whole.effective)
    report = audit(UnitTable((Unit("1", "A", UnitType.COMMUNE, 20_000),)), whole, as_of=day)
    assert report.frame.reading.en == reading
    assert report.units[0].quota == load_norms(path, day).granters()[UnitType.COMMUNE].quota(
        report.units[0].unit
    )


def test_what_is_assumed_holds_in_every_phase(tmp_path: Path) -> None:
    whole = load_frame(ours(tmp_path, PHASE)).assuming({"mountain": Assumption.YES})
    for day in (date(2026, 1, 1), date(2031, 1, 1)):
        assert whole.on(day).assumed == {"mountain": Assumption.YES}


def test_without_a_day_it_is_shown_and_not_applied(tmp_path: Path) -> None:
    whole = load_frame(ours(tmp_path, PHASE))
    assert fields_of(whole)["phases.0.blocs.government.base"] == 32
    assert not any(path.startswith("phases") for path in fields_of(whole.on(date(2026, 1, 1))))
    assert numeric_fields(whole.on(date(2031, 1, 1)))["blocs.government.base"] == 32
    assert whole.summary().reading.en == "First"
    for apply in (whole.norms, lambda: quota_of(whole, Unit("1", "A", UnitType.WARD, 1))):
        with pytest.raises(InputError) as found:
            apply()
        (problem,) = found.value.problems
        assert (problem.code, problem.value) == ("which-day", "ours")


@pytest.mark.parametrize(
    ("phases", "expected"),
    [
        (
            PHASE.replace("base: 32", "base: 40"),
            [("changes-nothing", "phases[0].blocs.government.base", "government: {base: 40, source: law}")],
        ),
        (
            PHASE.replace(", source: law}", "}"),
            [("uncited", "phases[0].blocs.government", "government: {base: 32}")],
        ),
        (
            PHASE.replace("base: 32", "base: 61"),
            [
                (
                    "ceiling-under-start",
                    "blocs.government.most",
                    "government: {base: 40, most: 60, source: law}",
                )
            ],
        ),
        (
            PHASE.replace("base: 32", "base: 32, most: 31"),
            [
                (
                    "ceiling-under-start",
                    "phases[0].blocs.government.most",
                    "government: {base: 32, most: 31, source: law}",
                )
            ],
        ),
        (
            PHASE.replace("base: 32", "bass: 32"),
            [("unknown-key", "phases[0].blocs.government.bass", "government: {bass: 32, source: law}")],
        ),
        (
            PHASE.replace("source: law", "source: lax"),
            [("unknown-source", "phases[0].blocs.government.source", "government: {base: 32, source: lax}")],
        ),
        (
            "  - from: 2030-07-01\n    reading: {vi: Thử, en: Second}\n",
            [("changes-nothing", "phases[0]", "- from: 2030-07-01")],
        ),
        (
            PHASE.replace("government", "military"),
            [
                ("unknown-key", "phases[0].blocs.military", "military: {base: 32, source: law}"),
                ("bloc-of-a-phase", "phases[0].blocs.military", "military: {base: 32, source: law}"),
            ],
        ),
        (
            PHASE.replace("government: {base: 32, source: law}", "party: null"),
            [("bloc-of-a-phase", "phases[0].blocs.party", "party: null")],
        ),
        (LATER + PHASE, [("phase-order", "phases[1].from", "- from: 2030-07-01")]),
        (
            PHASE.replace("2030-07-01", "2025-07-01"),
            [("phase-order", "phases[0].from", "- from: 2025-07-01")],
        ),
        (
            PHASE.replace("2030-07-01", "2036-01-01"),
            [("phase-order", "phases[0].from", "- from: 2036-01-01")],
        ),
        (PHASE.replace("  - from", "  - since"), [("missing-key", "phases[0].from", "- since: 2030-07-01")]),
    ],
)
def test_what_no_phase_may_say_is_refused_at_its_line(
    tmp_path: Path, phases: str, expected: list[tuple[str, str, str]]
) -> None:
    found = refused(ours(tmp_path, phases))
    assert found[: len(expected)] == expected


def test_an_example_is_of_its_day_and_gives_what_is_counted_then(tmp_path: Path) -> None:
    counted = PHASE.replace(
        "base: 32", "increment: {posts: 1, counts: Số thôn, per: 5, above: 0, rounding: down}"
    )
    counted = counted.replace(", source: law}", ", source: law}").replace(
        "down}, source", "down, source: law}, source"
    )
    counted = counted.replace("source: law}, source: law}", "source: law}}")
    given = "examples:\n  - {as_of: %s, population: 1, government: 40, party: [17, 20]}\n"
    assert read_rules(ours(tmp_path, counted, given % "2030-06-30")).problems == ()
    ((code, column, _),) = refused(ours(tmp_path, counted, given % "2030-07-01"))
    assert (code, column) == ("missing-key", "examples[0]")


def test_an_amendment_of_a_frame_that_changes_says_how_it_does(tmp_path: Path) -> None:
    ours(tmp_path, PHASE)
    text = "id: mine\nextends: ours\ntitle: {vi: a, en: a}\nreading: {vi: a, en: a}\n"
    text += "blocs: {government: {base: 41, source: law}}\n"
    mine = tmp_path / "mine.yaml"
    mine.write_text(text, encoding="utf-8")
    assert refused(mine) == [("inherited-phases", "extends", "extends: ours")]
    mine.write_text(text + "phases: null\n", encoding="utf-8")
    assert posts(load_frame(mine))[0] == 41
    mine.write_text(text + "phases:\n" + PHASE.replace("base: 32", "base: 33"), encoding="utf-8")
    changing = load_frame(mine)
    assert [posts(changing.on(day))[0] for day in (date(2026, 1, 1), date(2031, 1, 1))] == [41, 33]
    assert changing.on(date(2031, 1, 1)).extends == "ours"


def test_a_span_of_days_in_which_the_frame_changes_is_warned_of_at_its_line(tmp_path: Path) -> None:
    path = ours(tmp_path, PHASE + LATER)
    whole = load_frame(path)

    def warned(end: date) -> list[Problem]:
        return list(changes_of_frame(path, whole, date(2030, 7, 1), end))

    assert warned(date(2031, 12, 31)) == []
    (found,) = warned(date(2032, 1, 1))
    assert (found.code, found.severity, found.row) == ("frame-changes", Severity.WARNING, 16)
    assert (found.column, found.value) == ("phases[1].from", "2032-01-01")
