"""Names of positions and fields are matched as people write them, and what fits none is said."""

from __future__ import annotations

from quota.core.moves import Place, Pool
from quota.core.plan_tables import PairTable, PoolTable
from quota.planning.redeploy.spellings import Spellings, doubtful_pairs, placed_pairs, placed_pools

KNOWN = Spellings(["Kế toán", "Văn hóa"])


def test_two_rows_of_a_department_about_one_field_are_refused_however_it_is_written() -> None:
    rows = tuple(Pool(Place("Sở X", field), 1, 2) for field in ("Văn hoá", "VĂN HÓA", "Kế toán"))
    pools, problems = placed_pools(PoolTable(rows), KNOWN, "position", doubled_file="pools.csv")
    assert [pool.place.group for pool in pools] == ["Văn hóa", "Kế toán"]
    (problem,) = problems
    assert (problem.code, problem.file, problem.value) == ("doubled-row", "pools.csv", "VĂN HÓA")
    assert "two of its rows are about Văn hóa" in str(problem.message)


def test_a_field_that_means_nothing_here_is_kept_and_said_and_no_field_means_any() -> None:
    rows = (Pool(Place("Sở X", "Kê toán"), 1, 2), Pool(Place("Sở X", ""), 1, 2))
    pools, problems = placed_pools(PoolTable(rows), KNOWN, "position")
    assert [pool.place.group for pool in pools] == ["Kê toán", ""]
    assert [(problem.code, str(problem.fix)) for problem in problems] == [
        ("matches-nothing", "did you mean Kế toán?")
    ]
    (problem,) = placed_pools(PoolTable(rows[:1]), Spellings(["party"]), "bloc")[1]
    assert "no bloc is called so" in str(problem.message)


def test_substitutes_take_the_positions_own_spelling() -> None:
    pairs, problems = placed_pairs(PairTable({("kế toán", "VĂN HOÁ"): 3, ("lái xe", "kế toán"): 1}), KNOWN)
    assert pairs == {("Kế toán", "Văn hóa"): 3, ("lái xe", "Kế toán"): 1}
    assert [problem.value for problem in problems] == ["lái xe"]


def test_positions_that_differ_only_in_accents_or_a_dash_are_doubted_once() -> None:
    names = ["Kế toán", "Ke-toan", "Kế toán", "Văn hóa"]
    assert [problem.value for problem in doubtful_pairs(names, None)] == ["Ke-toan"]


def test_a_name_that_two_blocs_have_is_asked_for_with_its_bloc() -> None:
    known = Spellings(["Kế toán (Chính quyền)", "Kế toán (Đảng)", "Văn hóa"])
    pairs, problems = placed_pairs(PairTable({("kế toán", "Văn hóa"): 3}), known)
    assert pairs == {("kế toán", "Văn hóa"): 3}
    assert [(problem.code, str(problem.fix)) for problem in problems] == [
        ("matches-nothing", "write one of Kế toán (Chính quyền), Kế toán (Đảng)")
    ]
