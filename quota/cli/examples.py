"""Two or more examples of each command, for its help: what for, and what to type.

The files they name are a department's own: `units.csv` has units with residents, `staff.csv` people by bloc.
A test runs every one of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from quota.core.text import Text, say

EXAMPLES: Mapping[str, tuple[tuple[Text, str], ...]] = {
    "audit": (
        (
            say("Every unit's norm, staff and gap, as a workbook:"),
            "units.csv --staff staff.csv -o audit.xlsx",
        ),
        (
            say("The ten units that are most short:"),
            "units.csv --staff staff.csv --sort shortfall --limit 10",
        ),
        (say("With your list of units in mountains:"), "units.csv --terrain terrain.csv"),
    ),
    "read": (
        (say("How a staff table is understood, before anything is computed:"), "staff.csv"),
        (say("The clean table:"), "units.csv --output clean.csv"),
    ),
    "explain": (
        (say("Every step of one unit's figures:"), '"Xã An Bình" units.csv --staff staff.csv'),
        (say("A unit of the embedded table, by its code:"), "11737"),
    ),
    "fields": (
        (say("Who covers which field, and what nobody covers:"), "units.csv --staff holders.csv"),
        (say("The made-up sample of Hải Phòng:"), ""),
    ),
    "secondments": (
        (say("Who is on loan where:"), "secondments.csv --population units.csv --staff staff.csv"),
        (say("The made-up sample of Hải Phòng:"), ""),
    ),
    "merge": (
        (say("Two units as one:"), '"hong bang" "an bien" --name "Phường Mới"'),
        (
            say("The same from a table of your own:"),
            '00001 00002 --name "Xã Mới" --population units.csv --staff staff.csv',
        ),
    ),
    "simulate": (
        (say("A scenario, before and after:"), "scenario.yaml --staff staff.csv"),
        (say("Two scenarios side by side:"), "--compare scenario.yaml scenario.yaml"),
        (
            say("With the posts that were assigned, which mergers add up:"),
            "scenario.yaml units.csv --staff staff.csv --assigned assigned.csv",
        ),
    ),
    "suggest": (
        (
            say("Mergers of neighbours so that no unit has fewer residents:"),
            "units.csv --neighbours neighbours.csv --minimum 9000",
        ),
        (say("Mergers down to a number of units:"), "units.csv --neighbours neighbours.csv --units 3"),
    ),
    "compare": (
        (say("Two units side by side:"), '"hong bang" "an bien"'),
        (say("One unit among the five most like it:"), '--peers "hong bang" --k 5'),
    ),
    "rank": (
        (say("Units by shortfall:"), "units.csv --staff staff.csv --by shortfall"),
        (say("The country by province:"), "vietnam --group-by province"),
    ),
    "sensitivity": (
        (say("What the Party bloc's lower end changes:"), "--vary party.range.low=15,17"),
        (say("The same over your own table:"), "units.csv --staff staff.csv --vary party.range.low=15,17"),
    ),
    "borderline": (
        (say("Units close to a post more or less:"), "units.csv --within 200"),
        (say("Who gets there with growth, in which year:"), "units.csv --growth 1.2 --years 5"),
    ),
    "changes": (
        (say("What changed from one month's table to the next:"), "units.csv units-later.csv"),
        (say("The same of two audits kept as JSON:"), "audit.json audit.json"),
        (say("With what was assigned in between:"), "units.csv units-later.csv --new-assigned assigned.csv"),
    ),
    "plan": (
        (say("Who moves where, as a table to carry out:"), "units.csv --staff staff.csv -o plan.csv"),
        (say("Whether a plan changed by hand holds:"), "--check plan.csv"),
        (
            say("Up to what was assigned, not to the norm:"),
            "units.csv --staff staff.csv --assigned assigned.csv --target assigned",
        ),
    ),
    "progress": (
        (say("What is done of a plan:"), "plan.csv done.csv --population units.csv"),
        (say("And a plan for the rest:"), "plan.csv done.csv --population units.csv --replan rest.csv"),
    ),
    "allocate": (
        (say("A province's posts shared among its units:"), "units.csv --total 240"),
        (say("What a cut takes from each:"), "units.csv --cut 5%"),
    ),
    "path": (
        (
            say("Year by year to the deadline:"),
            "units.csv --staff staff.csv --people people.csv --deadline 2030-07-01",
        ),
        (
            say("With resignations and ends of contracts:"),
            "units.csv --staff staff.csv --people people.csv --leavers leavers.csv",
        ),
        (say("As a page with a picture:"), "units.csv --staff staff.csv --people people.csv -o way.html"),
        (
            say("With the moves that a plan has:"),
            "units.csv --staff staff.csv --people people.csv --plan plan.csv",
        ),
    ),
    "bulk": (
        (say("A table of any size, audited into another:"), "units.csv audited.csv"),
        (say("Into Parquet, by DuckDB:"), "units.csv audited.parquet --engine duckdb"),
    ),
    "report": (
        (say("A page with a map:"), "units.csv --staff staff.csv -o report.html"),
        (say("A Word document in Vietnamese:"), "units.csv --staff staff.csv --lang vi -o report.docx"),
        (
            say("With the office, the number and who signs:"),
            "units.csv --staff staff.csv --paper paper.yaml -o report.docx",
        ),
    ),
    "form": (
        (say("An empty staff table with the units of a province:"), "staff --province Huế -o staff.xlsx"),
        (say("An empty list of people:"), "roster --province Huế -o people.xlsx"),
        (say("The annex of posts assigned:"), "giao-bien-che --province Huế -o giao-bien-che.xlsx"),
    ),
    "rules list": (
        (say("Every rule file that comes along:"), ""),
        (say("The same for a program:"), "--format json"),
    ),
    "rules show": (
        (say("A frame with its sources:"), "cv-09-2025"),
        (say("A frame of your own:"), "ours.yaml"),
    ),
    "rules check": (
        (say("Whether a rule file is valid:"), "ours.yaml"),
        (say("Every rule file of a folder:"), "."),
    ),
    "rules diff": (
        (say("What differs between two frames:"), "cv-09-2025 ours.yaml"),
        (say("What they change in Huế:"), "central-2025 cv-09-2025 hue"),
    ),
    "rules published": (
        (say("What newspapers report, beside what each frame gives:"), ""),
        (say("The same for a program:"), "--format json"),
    ),
    "rules fit": (
        (
            say("The rule by which posts were given, written as a frame:"),
            "posts.csv --posts given -o found.yaml",
        ),
        (say("The same for a program:"), "posts.csv --posts given --format json"),
    ),
    "rules schema": (
        (say("The schema of frames, for an editor:"), ""),
        (say("The schema of policies for redeployment:"), "--kind redeployment"),
    ),
    "check": (
        (say("Every finding about a table:"), "units.csv"),
        (
            say("With the total it must add up to, and what is certain put right:"),
            "units.csv --control-total 92600 --fix fixed.csv",
        ),
    ),
    "reconcile": (
        (say("Which residents lost zeros:"), "units.csv --control-total 92600"),
        (say("For a program:"), "units.csv --control-total 92600 --format json"),
    ),
    "verify": (
        (say("Whether a recorded run still gives the same bytes:"), "manifest.json"),
        (say("The verdict for a program:"), "manifest.json --format json"),
    ),
    "data list": (
        (say("The tables that come along:"), ""),
        (say("The same for a program:"), "--format json"),
    ),
    "data units": (
        (say("The units of a province on a day:"), "--province Huế --as-of 2026-01-31"),
        (say("All of the country, as a workbook:"), "-o units.xlsx"),
    ),
    "help": (
        (say("The list of pages:"), ""),
        (say("Limits on what is read, and the variables that raise them:"), "limits"),
    ),
}
"""Each command's words: what an example is for, and what follows those words."""
