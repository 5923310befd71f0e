"""A unit among its peers in all forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from quota.analysis.standing.measures import density, staff_per_post
from quota.analysis.standing.peers import Peer, PeerComparison, Peers
from quota.analysis.standing.statistics import Spread
from quota.core.blocs import total
from quota.core.results import UnitAudit
from quota.core.text import Text, count, say
from quota.render.audit.plain import compared_plain, compared_shape
from quota.render.audit.unsettled import norm_words, unsettled_lines, unsettled_plain
from quota.render.audit.words import run_lines
from quota.render.kit.flat import flat_rows
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Shown, figures, table
from quota.render.kit.measures import (
    decimal,
    figure,
    measure_name,
    per_post,
    places_of,
    ratios_plain,
    ratios_shape,
)
from quota.render.kit.page import Page, Section
from quota.render.kit.plain import heading_plain, problem_plain
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import TYPE_WORDS, UNKNOWN, called, gap_marks, number, separated, words
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
        *run_lines(say("Tables"), found.inputs, found.as_of, found.frame, found.problems),
    ]
    page = Page(heading, [_nearest(found), _places(found)], list(_closing(found)))
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
    ends = (
        (spread.least, spread.lower, spread.median, spread.upper, spread.greatest) if spread else [None] * 5
    )
    return {
        "value": figure(place.value),
        "percentile": figure(place.percentile),
        "known": spread.known if spread else 0,
        **dict(zip(_SPREAD, map(figure, ends), strict=True)),
    }


_SPREAD = ("least", "lower_quartile", "median", "upper_quartile", "greatest")


def _nearest(found: Peers) -> Section:
    me = Peer(found.unit, found.province, Fraction(0))
    units = (me, *found.peers)
    several = len({peer.province for peer in units}) > 1
    staff = any(total(peer.audit.staff) is not None for peer in units)
    names = called(peer.audit.unit for peer in units)
    grid = table(
        units,
        Shown(say("Unit"), lambda peer: names[peer.audit.unit.code]),
        Shown(say("Province"), lambda peer: peer.province or UNKNOWN, when=several),
        figures(
            say("Distance"), lambda peer: "—" if peer is me else separated(f"{float(peer.distance):.3f}")
        ),
        figures(say("Residents"), lambda peer: number(peer.audit.unit.population)),
        figures(say("per km²"), lambda peer: decimal(density(peer.audit.unit), 0)),
        figures(say("Quota"), lambda peer: norm_words(peer.audit.quota)),
        figures(say("Staff"), lambda peer: number(total(peer.audit.staff)), when=staff),
        figures(say("Gap"), lambda peer: gap_marks(peer.audit.total_gap), when=staff),
        figures(say("Staff/post"), lambda peer: per_post(staff_per_post(peer.audit), 2), when=staff),
    )
    return Section(grid)


def _places(found: Peers) -> Section:
    def spread(heading: Text, of: Callable[[Spread], Fraction]) -> Shown[tuple[str, PeerComparison]]:
        return figures(
            heading, lambda row: decimal(of(row[1].peers) if row[1].peers else None, places_of(row[0]))
        )

    known = [row for row in found.places.items() if row[1].value is not None or row[1].peers is not None]
    grid = table(
        known,
        Shown(say("Among its peers"), lambda row: measure_name(row[0])),
        figures(say("This unit"), lambda row: decimal(row[1].value, places_of(row[0]))),
        figures(say("Percentile"), lambda row: decimal(row[1].percentile, 0)),
        spread(say("Lower quartile"), lambda peers: peers.lower),
        spread(say("Median"), lambda peers: peers.median),
        spread(say("Upper quartile"), lambda peers: peers.upper),
    )
    return Section(grid)


def _closing(found: Peers) -> Iterator[Text]:
    if found.by_density:
        yield say(
            "Distance adds up the differences of residents and of density, each as a share of the larger. "
            "The percentile is the share of peers with less, equal ones counting half."
        )
    else:
        yield say("The unit's area is unknown: distance is the difference of residents alone.")
    if len(found.peers) < found.asked:
        yield count(
            "Only {n} unit of its type could be compared.",
            "Only {n} units of its type could be compared.",
            n=len(found.peers),
        )
    if found.left_out:
        yield count(
            "{n} unit of its type is left out: residents or area unknown.",
            "{n} units of its type are left out: residents or area unknown.",
            n=found.left_out,
        )
    yield WISN_LINE
    yield from unsettled_lines(found.unsettled, bracketed=True)
