"""The report as one page: everything in it, nothing fetched, readable without its scripts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence

from quota._version import __version__
from quota.core.results import Status
from quota.core.text import LocalText, Text, count, say
from quota.core.units import UnitType
from quota.norms.schema import Frame
from quota.render.audit.columns import NAME
from quota.render.audit.laid_out import listed
from quota.render.audit.states import TITLE, state_rows
from quota.render.audit.words import closing_lines, frame_lines
from quota.render.kit.words import STATUS_NAMES, TYPE_WORDS, called, day, words
from quota.render.report.charts import as_json, charts
from quota.render.report.contents import Report, headline, made_up, remarks, sentences, title
from quota.render.report.filling import TEMPLATES, filled
from quota.render.report.map import fill, map_of, map_title
from quota.render.report.unit_rows import UnitRows

_BOUNDARIES = say(
    "Units are drawn as points, sized by residents. To draw them by their boundaries, give --boundaries with "
    "a GeoJSON file (WGS 84) whose features have the unit's code as a property."
)
_NOWHERE = say(
    "There is no map: nothing says where the units are. Give --boundaries with a GeoJSON file (WGS 84) whose "
    "features have the unit's code as a property, or columns lon and lat in the table of units."
)


def report_page(report: Report, frame: Frame) -> str:
    """The page's HTML; `frame` is the one the audit is under, whose working it shows.

    Everything from tables is escaped; only this module's own files are scripts. Its pictures stand in it as
    SVG; the page's own script makes them fit its width and answer the pointer.
    """
    from markupsafe import Markup

    audit, rows = report.audit, UnitRows(report, frame)
    pictures = [
        # drawn and written from escaped data: SVG and JSON, not text
        {"name": name, "title": chart.title, "svg": Markup(chart.svg), "spec": Markup(as_json(chart.spec))}  # noqa: S704  (see above)
        for name, chart in charts(report).items()
    ]
    own = [*(["vega.js"] if pictures else []), "report.js", "map.js"]
    scripts = [(TEMPLATES / name).read_bytes().decode("utf-8") for name in own]
    return filled(
        "report.html.j2",
        policy=_policy(scripts),
        title=title(report),
        map=_map(report),
        scripts=[Markup(script) for script in scripts],  # noqa: S704  (this package's own, and the library)
        t=_labels(report),
        lead=words(say("As of {day}", day=day(audit.as_of))),
        warnings=list(made_up(audit)),
        headline=list(headline(audit)),
        summary=" ".join(words(sentence) for sentence in sentences(audit)),
        charts=pictures,
        has_staff=audit.has_staff,
        types=[(unit_type.value, words(TYPE_WORDS[unit_type])) for unit_type in UnitType],
        statuses=[(status.value, words(STATUS_NAMES[status])) for status in Status],
        columns=_columns(report),
        units=[Markup(rows.html(place, audited)) for place, audited in enumerate(audit.units)],  # noqa: S704  (escaped there)
        states=_states(report),
        closing=closing_lines(audit, advice=False),
        frame=_frame(report, frame),
        findings=list(remarks(audit)),
        made=list(_made(report)),
    )


def _policy(scripts: Sequence[str]) -> str:
    """No address may be fetched; only these very scripts may run."""
    hashes = (
        base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
        for script in scripts
    )
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    rest = "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; script-src {allowed}; {rest}"


def _labels(report: Report) -> dict[str, str]:
    units = len(report.audit.units)
    labels = {
        "skip": say("To the table of units"),
        "headline": say("Headline figures"),
        "pictures": say("Pictures"),
        "units": say("Units"),
        "filter": say("Filter the units"),
        "search": say("Name or code"),
        "hint": say("The table has more columns: swipe sideways."),
        "table": say("Table of units"),
        "type": say("Type"),
        "status": say("Status"),
        "all": say("All of them"),
        "shown": say("Units on show: {n}", n="#"),
        "shown_all": say("Units on show: {n}", n=units),
        "frame": say("Frame and sources"),
        "findings": say("Findings"),
        "nothing": say("Nothing to remark."),
        "made": say("How it was made"),
        "find": say("Find a unit on the map"),
        "zoom": say("Zoom"),
        "closer": say("Zoom in"),
        "further": say("Zoom out"),
        "whole": say("The whole map"),
        "pick": say("Point at a unit, or choose it, to see its figures."),
        "key_help": say("With the map chosen: arrows move it, + and − zoom, 0 shows all of it."),
        "beside": say("Borders on:"),
        "nothing_found": say("No unit on the map has this name or code."),
        "nowhere": _NOWHERE,
    }
    return {name: words(label) for name, label in labels.items()}


def _map(report: Report) -> dict[str, object] | None:
    """The map for the template; None where nothing says where units are."""
    from markupsafe import Markup

    drawn = map_of(report)
    if drawn is None:
        return None
    audit = report.audit
    # SVG by `map_of`, which escapes every name
    panels = [
        {
            "width": panel.width,
            "height": panel.height,
            "drawn": Markup("\n".join([*panel.drawn, *(label.svg() for label in panel.labels)])),  # noqa: S704  (see above)
            "caption": panel.caption,
        }
        for panel in drawn.panels
    ]
    missing = count(
        "{n} unit has no place on the map.", "{n} units have no place on the map.", n=drawn.missing
    )
    return {
        "title": map_title(report),
        "names": [words(name) for name in called(audited.unit for audited in audit.units).values()],
        "defs": Markup(drawn.defs),  # noqa: S704  (see above)
        "panels": panels,
        "classes": [{"name": found.name, "fill": fill(found, legend=True)} for found in drawn.classes],
        "note": words(missing) if drawn.missing else "",
        "advice": [] if report.shapes else [words(_BOUNDARIES)],
    }


def _columns(report: Report) -> list[dict[str, object]]:
    before, lines, after = listed(report.audit)
    headings: list[tuple[Text | LocalText, bool]] = [(NAME.heading, False)]
    headings += [(fact.heading, fact.is_number) for fact in before]
    if report.audit.has_staff:
        headings += [(say("{bloc}: gap", bloc=bloc.name), True) for bloc in report.audit.frame.blocs]
    headings += [(line.title, True) for line in lines]
    headings += [(fact.heading, fact.is_number) for fact in after]
    return [{"heading": words(heading), "numeric": numeric} for heading, numeric in headings]


def _states(report: Report) -> dict[str, object] | None:
    """The table of positions and states for the template; None where none were counted."""
    if report.audit.totals.states is None:
        return None
    headings, rows = state_rows(report.audit)
    return {"title": words(TITLE), "headings": headings, "rows": rows[:-1], "totals": rows[-1]}


def _frame(report: Report, frame: Frame) -> list[tuple[str, str]]:
    lines = frame_lines(report.audit.frame)
    if frame.notes is not None:
        lines.append((words(say("Note")), words(frame.notes.text)))
    return lines


def _made(report: Report) -> Iterator[str]:
    yield words(say("Made by quota {version}, from these files:", version=__version__))
    for file in report.audit.inputs:
        yield words(
            say("{file}, {rows} rows, SHA-256 {hash}", file=file.path, rows=file.rows, hash=file.sha256)
        )
    yield words(say("Each number follows from the frame's rules; open a unit to see its working."))
    yield words(say("This page is one file: it works offline and fetches nothing."))
