"""The shipped frames as they are applied, compiled by `python -m tests.compiled_norms`.

Never edited: rules/*.yaml say what a frame grants, and a file that was changed since is read instead.
"""

# ruff: noqa: E501  (texts as long as they are)
from __future__ import annotations

import datetime as dt

from quota.core.blocs import ByBloc
from quota.core.citations import Citation, RuleSource
from quota.core.posts import Posts
from quota.core.results import FrameSummary, Note
from quota.core.text import LocalText
from quota.core.units import UnitType
from quota.norms.granting import Grant, Growth, Norm, Norms
from quota.norms.rounding import Rounding

COMPILED: dict[str, Norms] = {
    "central-2025": Norms(
        summary=FrameSummary(
            id="central-2025",
            title=LocalText(
                vi="Khung biên chế cấp xã của Trung ương, 2025",
                en="Central staffing frame for commune-level units, 2025",
            ),
            status="provisional",
            effective_from=dt.date(2025, 7, 1),
            effective_to=None,
            reading=LocalText(
                vi="Thêm 1 công chức cho mỗi 2.000 dân đủ, tính phần dân số trên 16.000",
                en="One civil servant more for every full 2,000 residents above 16,000",
            ),
            sources=(
                Citation(
                    id="hai-phong-2025-09",
                    title="Report on staffing of Hải Phòng's communes, in which the deputy director of the city's Home Affairs department describes the central frame",
                    publisher="Dân trí",
                    date=dt.date(2025, 9, 30),
                    verified_on=dt.date(2026, 11, 22),
                    url=None,
                ),
            ),
            minimum_population={UnitType.COMMUNE: 16000, UnitType.WARD: 16000, UnitType.SPECIAL_ZONE: 16000},
            files=(
                RuleSource(
                    path="rules/central-2025.yaml",
                    sha256="5c8db2509f84f9f166e8ac84b7496f97525dc8b8b9d6aa06336713d7b23b7f1e",
                ),
            ),
        ),
        commune=Norm(
            grants=ByBloc(
                government=Grant(
                    start=Posts(low=32, high=32),
                    growth=Growth(posts=1, per_residents=2000, above=16000, rounding=Rounding.DOWN),
                ),
                party=Grant(start=Posts(low=17, high=20), growth=None),
                front=Grant(start=Posts(low=8, high=10), growth=None),
            ),
            minimum=16000,
            notes=(),
            notes_below=(
                Note(
                    code="below-minimum",
                    text=LocalText(
                        vi="Dưới 16.000 dân nguồn không nêu định mức; số 32 của khối chính quyền ở đây là mức sàn của khung.",
                        en="The source gives no norm under 16,000 residents; the government bloc's 32 stands here as the frame's floor.",
                    ),
                ),
            ),
        ),
        ward=Norm(
            grants=ByBloc(
                government=Grant(
                    start=Posts(low=32, high=32),
                    growth=Growth(posts=1, per_residents=2000, above=16000, rounding=Rounding.DOWN),
                ),
                party=Grant(start=Posts(low=17, high=20), growth=None),
                front=Grant(start=Posts(low=8, high=10), growth=None),
            ),
            minimum=16000,
            notes=(),
            notes_below=(
                Note(
                    code="below-minimum",
                    text=LocalText(
                        vi="Dưới 16.000 dân nguồn không nêu định mức; số 32 của khối chính quyền ở đây là mức sàn của khung.",
                        en="The source gives no norm under 16,000 residents; the government bloc's 32 stands here as the frame's floor.",
                    ),
                ),
            ),
        ),
        special_zone=Norm(
            grants=ByBloc(
                government=Grant(
                    start=Posts(low=32, high=32),
                    growth=Growth(posts=1, per_residents=2000, above=16000, rounding=Rounding.DOWN),
                ),
                party=Grant(start=Posts(low=17, high=20), growth=None),
                front=Grant(start=Posts(low=8, high=10), growth=None),
            ),
            minimum=16000,
            notes=(
                Note(
                    code="special-zone",
                    text=LocalText(
                        vi="Chưa có định mức riêng được công bố cho đặc khu; ở đây áp dụng khung chung.",
                        en="No separate norm for special zones has been published; the general frame is applied here.",
                    ),
                ),
            ),
            notes_below=(
                Note(
                    code="below-minimum",
                    text=LocalText(
                        vi="Dưới 16.000 dân nguồn không nêu định mức; số 32 của khối chính quyền ở đây là mức sàn của khung.",
                        en="The source gives no norm under 16,000 residents; the government bloc's 32 stands here as the frame's floor.",
                    ),
                ),
                Note(
                    code="special-zone",
                    text=LocalText(
                        vi="Chưa có định mức riêng được công bố cho đặc khu; ở đây áp dụng khung chung.",
                        en="No separate norm for special zones has been published; the general frame is applied here.",
                    ),
                ),
            ),
        ),
    ),
    "central-2025-all-residents": Norms(
        summary=FrameSummary(
            id="central-2025-all-residents",
            title=LocalText(
                vi="Khung biên chế cấp xã của Trung ương, 2025, tính trên toàn bộ dân số",
                en="Central staffing frame for commune-level units, 2025, counted over all residents",
            ),
            status="provisional",
            effective_from=dt.date(2025, 7, 1),
            effective_to=None,
            reading=LocalText(
                vi="Thêm 1 công chức cho mỗi 2.000 dân đủ, tính từ người dân đầu tiên",
                en="One civil servant more for every full 2,000 residents, counted from the first",
            ),
            sources=(
                Citation(
                    id="hai-phong-2025-09",
                    title="Report on staffing of Hải Phòng's communes, in which the deputy director of the city's Home Affairs department describes the central frame",
                    publisher="Dân trí",
                    date=dt.date(2025, 9, 30),
                    verified_on=dt.date(2026, 11, 22),
                    url=None,
                ),
            ),
            minimum_population={UnitType.COMMUNE: 16000, UnitType.WARD: 16000, UnitType.SPECIAL_ZONE: 16000},
            files=(
                RuleSource(
                    path="rules/central-2025-all-residents.yaml",
                    sha256="dcdc9e076f70eaf05b0a3c91e52ed8fb6e4472e40fa44dd56b53158d0441c50c",
                ),
                RuleSource(
                    path="rules/central-2025.yaml",
                    sha256="5c8db2509f84f9f166e8ac84b7496f97525dc8b8b9d6aa06336713d7b23b7f1e",
                ),
            ),
        ),
        commune=Norm(
            grants=ByBloc(
                government=Grant(
                    start=Posts(low=32, high=32),
                    growth=Growth(posts=1, per_residents=2000, above=0, rounding=Rounding.DOWN),
                ),
                party=Grant(start=Posts(low=17, high=20), growth=None),
                front=Grant(start=Posts(low=8, high=10), growth=None),
            ),
            minimum=16000,
            notes=(),
            notes_below=(
                Note(
                    code="below-minimum",
                    text=LocalText(
                        vi="Dưới 16.000 dân nguồn không nêu định mức; cách hiểu này vẫn tính từ mức 32 trở lên.",
                        en="The source gives no norm under 16,000 residents; this reading counts on from 32 there as everywhere.",
                    ),
                ),
            ),
        ),
        ward=Norm(
            grants=ByBloc(
                government=Grant(
                    start=Posts(low=32, high=32),
                    growth=Growth(posts=1, per_residents=2000, above=0, rounding=Rounding.DOWN),
                ),
                party=Grant(start=Posts(low=17, high=20), growth=None),
                front=Grant(start=Posts(low=8, high=10), growth=None),
            ),
            minimum=16000,
            notes=(),
            notes_below=(
                Note(
                    code="below-minimum",
                    text=LocalText(
                        vi="Dưới 16.000 dân nguồn không nêu định mức; cách hiểu này vẫn tính từ mức 32 trở lên.",
                        en="The source gives no norm under 16,000 residents; this reading counts on from 32 there as everywhere.",
                    ),
                ),
            ),
        ),
        special_zone=Norm(
            grants=ByBloc(
                government=Grant(
                    start=Posts(low=32, high=32),
                    growth=Growth(posts=1, per_residents=2000, above=0, rounding=Rounding.DOWN),
                ),
                party=Grant(start=Posts(low=17, high=20), growth=None),
                front=Grant(start=Posts(low=8, high=10), growth=None),
            ),
            minimum=16000,
            notes=(
                Note(
                    code="special-zone",
                    text=LocalText(
                        vi="Chưa có định mức riêng được công bố cho đặc khu; ở đây áp dụng khung chung.",
                        en="No separate norm for special zones has been published; the general frame is applied here.",
                    ),
                ),
            ),
            notes_below=(
                Note(
                    code="below-minimum",
                    text=LocalText(
                        vi="Dưới 16.000 dân nguồn không nêu định mức; cách hiểu này vẫn tính từ mức 32 trở lên.",
                        en="The source gives no norm under 16,000 residents; this reading counts on from 32 there as everywhere.",
                    ),
                ),
                Note(
                    code="special-zone",
                    text=LocalText(
                        vi="Chưa có định mức riêng được công bố cho đặc khu; ở đây áp dụng khung chung.",
                        en="No separate norm for special zones has been published; the general frame is applied here.",
                    ),
                ),
            ),
        ),
    ),
}
