"""The units of a page: what many have alike is written once, and is each one's own all the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from markupsafe import escape

from quota import audit, load_frame, read_staff, read_units
from quota.render.report.contents import Report
from quota.render.report.unit_rows import UnitRows, safe


def test_texts_are_escaped_as_the_template_escapes_them() -> None:
    every = "".join(map(chr, range(0x2100)))
    assert safe(every) == str(escape(every))
    assert safe(-3) == "-3"


@pytest.mark.parametrize("frame_id", ["cv-09-2025", "cv-09-2025-party-31", "central-2025"])
def test_a_unit_is_written_the_same_among_others_and_alone(frame_id: str) -> None:
    frame = load_frame(frame_id)
    made = audit(
        read_units("hai-phong"), frame, read_staff("hai-phong-staff-sample"), as_of=date(2026, 11, 28)
    )
    together = UnitRows(Report(made), frame)
    for place, audited in enumerate(made.units[:40]):
        alone = UnitRows(Report(made), frame)
        assert together.html(place, audited) == alone.html(place, audited)
    assert len(together.blocs) < 40


def test_every_text_of_a_table_is_escaped_in_its_row(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        'code,name,type,population,government,party,front\n"1""2",Xã <b>&</b>,xã,17000,32,17,8\n',
        encoding="utf-8",
    )
    frame = load_frame("central-2025")
    made = audit(read_units(path), frame, read_staff(path), as_of=date(2026, 11, 28))
    row = UnitRows(Report(made), frame).html(0, made.units[0])
    assert "<b>&" not in row
    assert row.count("Xã &lt;b&gt;&amp;&lt;/b&gt;") == 4
    assert 'data-name="1&#34;2 Xã' in row
