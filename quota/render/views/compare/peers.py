"""A unit among its peers in all forms."""

from __future__ import annotations

from fractions import Fraction

from quota.analysis.standing.measures import density, staff_per_post
from quota.analysis.standing.peers import Peer, PeerComparison, Peers
from quota.core.blocs import total
from quota.core.results import UnitAudit
from quota.core.text import Text, count, say
from quota.render.audit.plain import compared_plain, compared_shape
from quota.render.audit.unsettled import norm_words, unsettled_lines, unsettled_plain
from quota.render.audit.words import beware_pairs, frame_lines
from quota.render.kit.flat import flat_rows
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.measures import (
    decimal,
    figure,
    measure_name,
    per_post,
    places_of,
    ratios_plain,
    ratios_shape,
)
from quota.render.kit.page import Page, Section, inputs_line
from quota.render.kit.plain import heading_plain, problem_plain
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import TYPE_WORDS, UNKNOWN, day, gap_marks, number, separated, words
from quota.render.views.compare.comparison import WISN_LINE


def peers_rendering(found: Peers) -> Rendering:
    """How to write a unit's peers."""
    unit = found.unit.unit
    heading = [
        (
            words(say("Peers")),
            words(
                say(
                    "{name} ({code}), {type}, {province}",
                    name=unit.name,
                    code=unit.code,
                    type=TYPE_WORDS[unit.type],
                    province=found.province or UNKNOWN,
                )
            ),
        ),
        (words(say("Tables")), f"{inputs_line(found.inputs)} · {day(found.as_of)}"),
        *frame_lines(found.frame),
        *beware_pairs(found.problems),
    ]
    page = Page(heading, [_nearest(found), _places(found)], _closing(found))
    blocs = found.frame.blocs
    shape = compared_shape(blocs) | {"province": ""} | ratios_shape(blocs) | {"distance": 0}
    return page_rendering(page, lambda: peers_plain(found), lambda: flat_rows(_rows(found), shape))


def peers_plain(found: Peers) -> dict[str, object]:
    """The peers' JSON."""
    return heading_plain(found.frame, found.as_of.isoformat(), found.inputs) | {
        "unit": _unit(found.unit, found.province),
        "k": found.asked,
        "by_density": found.by_density,
        "left_out": found.left_out,
        "peers": [_peer(peer) for peer in found.peers],
        "among_peers": {key: _place_plain(place) for key, place in found.places.items()},
        **unsettled_plain(found.unsettled),
        "problems": [problem_plain(problem) for problem in found.problems],
    }


def _rows(found: Peers) -> list[dict[str, object]]:
    """The unit itself at distance 0, then its peers."""
    me = Peer(found.unit, found.province, Fraction(0))
    return [_peer(peer) for peer in (me, *found.peers)]


def _peer(peer: Peer) -> dict[str, object]:
    return _unit(peer.audit, peer.province) | {"distance": figure(peer.distance)}


def _unit(audited: UnitAudit, province: str | None) -> dict[str, object]:
    return compared_plain(audited) | {"province": province} | ratios_plain(audited)


def _place_plain(place: PeerComparison) -> dict[str, object]:
    spread = place.peers
    return {
        "value": figure(place.value),
        "percentile": figure(place.percentile),
        "known": spread.known if spread else 0,
        "least": figure(spread.least) if spread else None,
        "lower_quartile": figure(spread.lower) if spread else None,
        "median": figure(spread.median) if spread else None,
        "upper_quartile": figure(spread.upper) if spread else None,
        "greatest": figure(spread.greatest) if spread else None,
    }


def _nearest(found: Peers) -> Section:
    provinces = {found.province, *(peer.province for peer in found.peers)}
    columns = [
        Column("name", say("Unit")),
        *([Column("province", say("Province"))] if len(provinces) > 1 else []),
        Column("distance", say("Distance"), numeric=True),
        Column("population", say("Residents"), numeric=True),
        Column("density", say("per km²"), numeric=True),
        Column("quota", say("Quota"), numeric=True),
        Column("staff", say("Staff"), numeric=True),
        Column("gap", say("Gap"), numeric=True),
        Column("per_post", say("Staff/post"), numeric=True),
    ]
    if all(total(audited.staff) is None for audited in (found.unit, *(peer.audit for peer in found.peers))):
        columns = [column for column in columns if column.key not in ("staff", "gap", "per_post")]
    rows = [_row(found.unit, found.province, "—")]
    rows += [
        _row(peer.audit, peer.province, separated(f"{float(peer.distance):.3f}")) for peer in found.peers
    ]
    return Section(Grid("peers", columns, rows, {}))


def _row(audited: UnitAudit, province: str | None, distance: str) -> dict[str, Value]:
    return {
        "name": audited.unit.name,
        "province": province or UNKNOWN,
        "distance": distance,
        "population": number(audited.unit.population),
        "density": decimal(density(audited.unit), 0),
        "quota": norm_words(audited.quota),
        "staff": number(total(audited.staff)),
        "gap": gap_marks(audited.total_gap),
        "per_post": per_post(staff_per_post(audited), 2),
    }


def _places(found: Peers) -> Section:
    columns = [
        Column("measure", say("Among its peers")),
        Column("value", say("This unit"), numeric=True),
        Column("percentile", say("Percentile"), numeric=True),
        Column("lower", say("Lower quartile"), numeric=True),
        Column("median", say("Median"), numeric=True),
        Column("upper", say("Upper quartile"), numeric=True),
    ]
    rows: list[dict[str, Value]] = []
    for key, place in found.places.items():
        if place.value is None and place.peers is None:
            continue
        places, spread = places_of(key), place.peers
        rows.append(
            {
                "measure": measure_name(key),
                "value": decimal(place.value, places),
                "percentile": decimal(place.percentile, 0),
                "lower": decimal(spread.lower if spread else None, places),
                "median": decimal(spread.median if spread else None, places),
                "upper": decimal(spread.upper if spread else None, places),
            }
        )
    return Section(Grid("among_peers", columns, rows, {}))


def _closing(found: Peers) -> list[Text]:
    lines = [
        say(
            "Distance adds up the differences of residents and of density, each as a share of the larger. "
            "The percentile is the share of peers with less, equal ones counting half."
        )
        if found.by_density
        else say("The unit's area is unknown: distance is the difference of residents alone."),
    ]
    if len(found.peers) < found.asked:
        lines.append(
            count(
                "Only {n} unit of its type could be compared.",
                "Only {n} units of its type could be compared.",
                n=len(found.peers),
            )
        )
    if found.left_out:
        lines.append(
            count(
                "{n} unit of its type is left out: residents or area unknown.",
                "{n} units of its type are left out: residents or area unknown.",
                n=found.left_out,
            )
        )
    return [*lines, WISN_LINE, *unsettled_lines(found.unsettled, bracketed=True)]
