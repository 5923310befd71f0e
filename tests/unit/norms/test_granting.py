"""Where columns are unknown all worlds they leave open count: compiled, by extremes, or one by one."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from quota.core.posts import Posts
from quota.core.units import Terrain, Unit, UnitType
from quota.norms import granting
from quota.norms.arithmetic import furthest
from quota.norms.granting import Assumption
from quota.norms.loading import load_frame
from tests.unit.norms.test_language import frame_file

FLAGS = ("mountain", "highland", "island", "border")
MANY = "base: 32\nsupplement:\n" + "\n".join(
    [f"  - {{posts: {2**place}, when: {{{flag}: true}}}}" for place, flag in enumerate(FLAGS)]
    + ["  - {posts: 100, when: {province: [Huế, Hà Nội, Cao Bằng, Hà Tĩnh]}}"]
)


def unit(residents: int, province: str | None, *flags: bool | None) -> Unit:
    mountain, highland, island, border = flags
    terrain = Terrain(mountain=mountain, highland=highland, island=island, border=border)
    return Unit("1", "Xã A", UnitType.COMMUNE, residents, province, terrain=terrain)


def test_more_worlds_than_are_compiled_are_counted_too(tmp_path: Path) -> None:
    granter = load_frame(frame_file(tmp_path, MANY)).granter(UnitType.COMMUNE)
    quota = granter.quota(unit(1, None, None, None, None, None))  # 16 of terrain, 5 of the province
    assert quota is not None
    assert quota.possible is not None
    assert quota.blocs["government"] == Posts(32, 32)
    assert quota.possible["government"] == Posts(32 + 15 + 100, 32 + 15 + 100)
    assert set(quota.unsettled) == {*FLAGS, "province"}
    known = granter.quota(unit(1, "Huế", True, True, None, False))
    assert known is not None
    assert (known.blocs["government"].low, known.unsettled) == (32 + 1 + 2 + 100, ("island",))


@pytest.mark.parametrize(("most", "nodes"), [(64, 50_000), (0, 50_000), (0, 1)])
@pytest.mark.parametrize("assumed", [None, *Assumption])
def test_all_ways_of_counting_worlds_are_what_each_world_gives_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, nodes: int, assumed: Assumption | None
) -> None:
    monkeypatch.setattr(granting, "COMPILED_WORLDS", most)
    monkeypatch.setattr(furthest, "MOST_NODES", nodes)
    settled = {} if assumed is None else dict.fromkeys(FLAGS, assumed)
    frame = load_frame(frame_file(tmp_path, MANY)).assuming(settled)
    granter, plain = frame.granter(UnitType.COMMUNE), load_frame(frame_file(tmp_path, MANY))
    for flags in product((True, False, None), (False, None), (None,), (True, None)):
        quota = granter.quota(unit(20_000, "Huế", *flags))
        assert quota is not None
        worlds = []
        for world in product(*[(False, True) if flag is None else (flag,) for flag in flags]):
            alone = plain.granter(UnitType.COMMUNE).quota(unit(20_000, "Huế", *world))
            assert alone is not None
            worlds.append(alone.blocs["government"].low)
        ends = {
            None: (worlds[0], worlds[0]),
            Assumption.NO: (worlds[0], worlds[0]),
            Assumption.YES: (worlds[-1], worlds[-1]),
            Assumption.RANGE: (min(worlds), max(worlds)),
        }[assumed]
        assert (quota.blocs["government"].low, quota.blocs["government"].high) == ends
        open_now = assumed is None and len(worlds) > 1
        assert (quota.possible is not None) is open_now
        if quota.possible is not None:
            assert quota.possible["government"].low == max(worlds)
