"""What a table's title says that it counts: posts assigned or planned, residents foreseen, some people only.

A title is any text above the heading, or the sheet's name. What it says changes what a heading without words
of its own means: a bloc's name alone, residents without a year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quota.core.characters import pattern
from quota.core.names import fold
from quota.tables.files.roles import KNOWN_YEAR, blocs_named, latest_year, says_residents


def granted_bloc(titles: Sequence[str]) -> str | None:
    """The bloc whose posts a title says that it assigns; None where no title says it, or of several blocs."""
    granting = [title for title in titles if _GRANTS.search(_said_in(title))]
    named = [blocs_named(title) for title in granting]
    blocs = frozenset().union(*named)
    return next(iter(blocs)) if len(blocs) == 1 else None


def grants(title: str, known_year: int = KNOWN_YEAR) -> bool:
    """Whether a table's title says that it assigns, plans or lacks posts, and not that it counts people.

    Posts of a year after `known_year` are planned.
    """
    said = _said_in(title)
    if _FORETELLS.search(said) or _FORETELLS_PRESENT.search(said):
        return True
    if _is_measured_otherwise(said) or (_THINGS.search(said) and not _PEOPLE_SAID.search(said)):
        return True
    is_planned = any(words.search(said) for words in (_GRANTS, _PLANS, _PLANNED))
    return (is_planned or _is_of_later(said, _STAFF_NAMED, known_year)) and not _COUNTS.search(said)


def assigns_none(title: str) -> bool:
    """Whether a table's title says that its posts are none that a decision assigned, or counts people.

    They are of a norm or a need, proposed, cut, or added to those assigned before.
    """
    said = _said_in(title)
    if _COUNTS.search(said) and not _GRANTS.search(said):
        return True
    return _NOT_ASSIGNED.search(said) is not None


def leaves_open(title: str) -> bool:
    """Whether a title or heading names the posts of a year, and not whether people or assigned posts."""
    said = _said_in(title)
    return _POSTS_OF_A_YEAR.search(said) is not None and _COUNTED.search(said) is None


def foretells(title: str, known_year: int = KNOWN_YEAR) -> bool:
    """Whether a table's title says that its residents are forecast, planned or estimated, or some only.

    Those of a year after `known_year` are forecast.
    """
    said = _said_in(title)
    every = (_FORETELLS, _FORESEEN, _RESIDENTS_FORESEEN, _SOME_RESIDENTS, _RESIDENTS_WHO, _IN_HOUSEHOLDS)
    if _is_measured_otherwise(said) or any(words.search(said) for words in every):
        return True
    is_of_before = says_residents(said) and _BEFORE_MERGERS.search(said) is not None
    return is_of_before or _is_of_later(said, _RESIDENTS_NAMED, known_year)


def names_group(title: str) -> bool:
    """Whether a table's title is about a group of people, and not about residents: poor households, children.

    What such a table calls people or households are those of the group; only residents ("dân số") are all.
    """
    said = _said_in(title)
    return _GROUP_SAID.search(said) is not None and not says_residents(said)


def counts_some(title: str) -> bool:
    """Whether a table's title says that its people are some of the staff only: women, those who retire."""
    said = _said_in(title)
    is_of_others = _OTHER_STAFF.search(said) is not None and _STAFF_SAID.search(said) is None
    if is_of_others or any(words.search(said) for words in (_SOME_STAFF, _WITH_OTHERS)):
        return True
    staff = _STAFF_NAMED.search(said)
    if staff is not None and _BEFORE_MERGERS.search(said):
        return True
    return staff is not None and (
        _SOME_OF_THEM.search(said, staff.end()) is not None or _JUDGED.search(said) is not None
    )


def _is_measured_otherwise(said: str) -> bool:
    """Whether a folded title names a unit of measure of no people: money, per cents, times."""
    found = _MEASURED_IN.search(said)
    return found is not None and not _IN_PEOPLE.search(found[1])


def _is_of_later(said: str, named: re.Pattern[str], known_year: int) -> bool:
    """Whether a folded title is of a later year: it says nothing but the year, or names what it is of.

    The years of a term of office are nobody's, and those of a period only where it follows what is named.
    """
    said = _OF_A_TERM.sub(_FAR_APART, said)
    if latest_year(said) <= known_year:
        return False
    if _A_YEAR_ALONE.fullmatch(said):
        return True
    if named.search(said) is None:
        return False
    without = _OF_A_PERIOD.sub(_FAR_APART, said)
    if latest_year(without) > known_year:
        return True
    return any(
        latest_year(said[found.end() : found.end() + _NEAR]) > known_year for found in named.finditer(said)
    )


_SOME_STAFF = pattern(
    fold(
        r"(?<!phụ )(?<!\w)(?:nữ(?!\w)|đảng viên|(?:nghỉ|về) hưu|nghỉ việc|thôi việc|nghỉ chế độ|"
        r"kỷ luật|luân chuyển|"
        r"(?:dân tộc thiểu số|trẻ tuổi|tuyển mới|chưa đạt chuẩn)(?!\w))"
    )
)
_AMONG = r"(?:(?:bao )?gồm|kể|tính)(?: cả)?(?: (?:số|các|người|cán bộ|công chức|,|lao động)){0,4} "
_WITH_OTHERS = pattern(
    fold(
        rf"(?<!\w)(?:{_AMONG}(?:biệt phái|tăng cường)|"
        rf"(?<!không )(?<!chưa )(?<!bao ){_AMONG}(?:hợp đồng|hđlđ|hđ))(?!\w)"
    )
)
"""Without people on loan is as little who is on the books as with them; without contracts is."""
_MEASURED_IN = pattern(fold(r"(?<!\w)(?:đvt|đơn vị tính)(?!\w)[^\w%]*([\w%].*)"))
_IN_PEOPLE = pattern(
    fold(
        r"(?<!lượt )(?<!ngày )(?<!\w)(?:người|nhân khẩu|khẩu|biên chế|cán bộ|công chức|people|persons?|"
        r"km2|km²|ha|nghìn|ngàn|1000|1\.000|1,000|triệu)(?!\w)(?! (?:đồng|đ|vnđ|lượt|hộ|tấn)(?!\w))"
    )
)
_PEOPLE_SAID = pattern(
    fold(
        r"(?<!\w)(?:biên chế|cán bộ|công chức|viên chức|nhân sự|cbcc|cbccvc|người|lao động|"
        r"dân số|nhân khẩu)(?!\w)"
    )
)
_THINGS = pattern(
    fold(
        r"(?<!\w)(?:kinh phí|tiền lương|quỹ lương|ngân sách|thu nhập|điểm (?:số|đánh giá|xếp loại)|"
        r"(?:số lượng|tổng số|(?<!dân )(?<!một )(?<!thông )(?<!chỉ )(?<!biểu )(?<!bảng )(?<!mẫu )số)\s+"
        r"(?!(?:liệu|lượng|hiệu|thứ|hộ|dân|các|xã|phường|đơn|đvhc|hiện|có|thực|đang|khối|cb|cc|và|tại|theo)(?!\w))"
    )
    + r"[^\W\d_]{2,})(?!\w)"
)
_OTHER_STAFF = pattern(fold("không chuyên trách|viên chức|hợp đồng lao động|lao động hợp đồng"))
_STAFF_NAMED = pattern(fold(r"(?<!\w)(?:biên chế|cán bộ|công chức|cbcc|cbccvc|nhân sự)(?!\w)"))
_SOME_OF_THEM = pattern(
    fold(
        r"(?<!\w)(?:là|bị|chưa|(?:không )?đủ (?:điều kiện|tiêu chuẩn|tuổi|năm)|(?:không )?đạt(?: chuẩn)?|"
        r"trẻ|nghỉ|biệt phái|điều động|tiếp nhận|bổ nhiệm|nâng (?:ngạch|lương|bậc)|thử việc|tập sự|"
        r"lãnh đạo|đứng đầu|có (?:trình độ|bằng|độ tuổi|chứng chỉ)|(?:cử đi|được cử|tham gia|đã) đào tạo|"
        r"được (?:cử|bổ nhiệm|tuyển|khen|nâng|hưởng)|dưới [0-9]+|trên [0-9]+ tuổi|từ (?:đủ )?[0-9]+ tuổi|"
        r"đến tuổi|nguồn quy hoạch|thuộc diện|đi học|tăng cường|nhiễm|mắc|hưởng|đăng ký|"
        r"trúng|xin|(?:điều )?chuyển (?:về|đến|sang|đi|công tác))(?!\w)|"
        r"(?<=biên chế )sự nghiệp(?!\w)"
    )
)
_BEFORE_MERGERS = pattern(
    fold(
        r"^(?!.*sau (?:khi )?(?:thực hiện )?(?:sắp xếp|sáp nhập|hợp nhất|sx)).*"
        r"trước (?:khi )?(?:thực hiện )?(?:sắp xếp|sáp nhập|hợp nhất)"
    )
)
"""What was counted before units were merged is of others, though they bear the same names and codes."""
_JUDGED = pattern(
    fold(
        r"(?<!\w)(?:xếp loại|khen thưởng|thi đua|"
        r"đánh giá(?! (?:thực trạng|hiện trạng|tình hình|sơ bộ)))(?!\w)"
    )
)
_STAFF_SAID = pattern(fold("biên chế|cán bộ|(?<!viên )công chức"))


def _said_in(title: str) -> str:
    """A title, folded, without the plans and offices that it names: an annex to a plan is no plan itself."""
    return _OF_A_PLAN.sub(_FAR_APART, fold(title))


_FAR_APART = " _ _ _ _ _ "
"""More words than may be between a plan and what is planned."""
_OF_A_PLAN = pattern(
    fold(
        r"kèm theo (?:kế hoạch|phương án|đề án)(?:[^()]*(?=\)))?|(?:kế hoạch|phương án) số(?!\w)|"
        r"(?:sở|bộ|vụ|phòng|ban) kế hoạch|kế hoạch hóa(?!\w)"
    )
)


_GRANTS = pattern(
    fold(
        r"(?:giao|phân bổ)\s+(?:\w+\s+){0,3}biên chế|giao chỉ tiêu|"
        r"biên chế(?:\s+\w+){0,4}?\s+giao(?!\w| thông)|(?:được|đã|thẩm quyền) (?:phê )?duyệt|posts assigned"
    )
)
_OTHER_THAN_PRESENT = (
    r"(?:đề xuất|đề nghị|định mức|nhu cầu|dự kiến|kế hoạch|quy hoạch|phương án|còn thiếu|thiếu|thừa|dôi dư|"
    r"tinh giản|cắt giảm|tuyển dụng|dự phòng|bổ sung|tối đa|tối thiểu|tiết kiệm|còn trống|phê duyệt|chỉ tiêu|"
    r"điều chỉnh|bố trí theo|(?:phải|cần|còn) tuyển)"
)
_STAFF = "(?:biên chế|cán bộ|công chức|nhân sự)"
_PLANS = pattern(fold(rf"{_OTHER_THAN_PRESENT}(?:[^\w]+\w+){{0,4}}?[^\w]+{_STAFF}"))
_PLANNED = pattern(
    fold(
        rf"(?:{_STAFF}|số (?:lượng )?người)(?:[^\w]+\w+){{0,4}}?[^\w]+{_OTHER_THAN_PRESENT}|"
        r"(?:tăng|giảm) biên chế|chỉ tiêu tuyển"
    )
)
_NO_ASSIGNMENT = (
    r"(?<!theo )(?<!căn cứ )(?:dự kiến|đề nghị|đề xuất|nhu cầu|định mức|tinh giản|cắt giảm|dôi dư|còn thiếu|"
    r"bổ sung|dự thảo|dự trù|bố trí theo|(?:phải|cần|còn) tuyển)"
)
_NOT_ASSIGNED = pattern(
    fold(
        rf"{_NO_ASSIGNMENT}(?:[^\w]+\w+){{0,3}}?[^\w]+(?:giao|{_STAFF})(?!\w)|"
        rf"(?:giao|{_STAFF})(?:[^\w]+\w+){{0,3}}?[^\w]+{_NO_ASSIGNMENT}(?!\w)|(?:tăng|giảm) biên chế|"
        r"chỉ tiêu tuyển"
    )
)
_FORETELLS = pattern(
    fold(r"(?<!\w)(?:dự báo|ước tính|ước thực hiện|ước đạt|forecast|project(?:ed|ions?)|estimate[sd]?)(?!\w)")
)
_FORETELLS_PRESENT = pattern(
    fold(r"(?:dự kiến|ước)\s+(?:\w+\s+){0,2}(?:có mặt|hiện có)|(?:có mặt|hiện có)\s+(?:dự kiến|ước)(?!\w)")
)
_RESIDENTS = fold(r"(?:dân số|số dân|nhân khẩu|population|residents)")
_FORESIGHT = fold(r"(?<!\w)(?:dự kiến|kế hoạch|quy hoạch|phương án|mục tiêu|planned|expected)(?!\w)")
_FORESEEN = pattern(rf"{_FORESIGHT}(?:[^\w]+\w+){{0,4}}?[^\w]+{_RESIDENTS}")
_RESIDENTS_FORESEEN = pattern(rf"{_RESIDENTS}(?:[^\w]+\w+){{0,4}}?[^\w]+{_FORESIGHT}")
_GROUP = fold(
    r"(?:dân tộc thiểu số|thành thị(?!\s*(?:,|và|-|/)\s*nông thôn)|nông thôn|tạm trú|tạm vắng|lưu trú|"
    r"nữ(?!\s*,? (?:và )?nam)|nam(?!\s*,? (?:và )?nữ)|trẻ em|trong độ tuổi|(?:cận )?nghèo|cao tuổi|có công|"
    r"bảo trợ|khuyết tật|học sinh|cử tri|thất nghiệp|người lao động|nhập cư|di cư|người nước ngoài|"
    r"theo (?:đạo|tôn giáo)|tín đồ|bị ảnh hưởng|tái định cư|di dời|hưởng (?:trợ cấp|chế độ|chính sách)|"
    r"(?:tham gia|có thẻ) (?:bhyt|bhxh|bảo hiểm)|(?:bị )?ngập(?: lụt)?|thiên tai|lũ lụt|"
    r"(?:từ |dưới |trên |đủ )+[0-9]+(?:\s*-\s*[0-9]+)?(?: tuổi)?)(?!\w)"
)
_SOME_RESIDENTS = pattern(
    rf"(?:{_RESIDENTS}|{fold('(?:tổng )?số')})"
    + fold(
        r"(?:\s+(?:là|thuộc|có|đang|hộ|diện|đối tượng|người|sinh sống|trung bình|"
        r"khu vực|vùng|đồng bào|ở|tại)){0,4}\s+"
    )
    + _GROUP
)
_GROUP_SAID = pattern(
    fold(
        r"(?<!\w)(?:hộ (?:cận )?nghèo|trẻ em|"
        r"người (?:cao tuổi|có công|khuyết tật|nghèo|thất nghiệp|nước ngoài)|"
        r"bảo trợ xã hội|học sinh|cử tri|tạm trú|tạm vắng|nhập cư|di cư|tín đồ|bị ảnh hưởng|"
        r"tái định cư|di dời|trợ cấp|thiệt hại|"
        r"dưới [0-9]+ tuổi|từ (?:đủ )?[0-9]+ tuổi|trên [0-9]+ tuổi|dân tộc thiểu số|"
        r"phụ nữ|thanh niên|hội viên|đoàn viên|(?:tham gia|có thẻ) (?:bhyt|bhxh|bảo hiểm))(?!\w)"
    )
)
_RESIDENTS_WHO = pattern(
    rf"{_RESIDENTS}(?!\w)[\s(]+"
    + fold(
        r"(?:(?:không|chưa) (?:bao )?(?:gồm|tính|kể)|"
        r"có (?!đến|mặt|tại|trên|của)\w+|được|đã|chưa|đang (?!sinh sống|cư trú)\w+|bị|hưởng|tăng|giảm|"
        r"sinh(?! sống)|chết|nhập|xuất|phi|đô thị(?!\s*(?:,|và|-|/)\s*nông thôn)|tiêu chuẩn|tối thiểu|tối đa|"
        r"chuẩn|ở nông thôn|ở thành thị)(?!\w)"
    )
)
_IN_HOUSEHOLDS = pattern(
    fold(r"(?<!\w)(?:đvt|đơn vị(?: tính)?|unit(?: of measure)?)[^\w]+")
    + fold(r"(?:(?:1[., ]?000|nghìn|ngàn|thousand) )?(?:hộ(?: (?:dân|gia đình))?|households?)")
    + r"[^\w]*\Z"
)
_RESIDENTS_NAMED = pattern(rf"(?<!\w){_RESIDENTS}(?!\w)")
_OF_A_TERM = pattern(fold(r"nhiệm kỳ[^\w]+(?:[0-9]{4}[^\w]*){1,2}|\((?:ban hành )?kèm theo[^()]*\)?"))
_OF_A_PERIOD = pattern(fold(r"(?:giai đoạn|thời kỳ)[^\w]+(?:năm )?(?:[0-9]{4}[^\w]*){1,2}"))
_A_YEAR_ALONE = pattern(fold(r"[^\w]*(?:(?:tính )?(?:đến|tới|vào) )?(?:hết )?(?:năm )?[0-9]{4}[^\w]*"))
_NEAR = 40
"""As many letters after what is named a period is its own."""
_COUNTS = pattern(fold("có mặt|hiện có|hiện trạng|thực trạng|rà soát|thực có"))
_POSTS_OF_A_YEAR = pattern(fold(r"(?<!\w)biên chế(?:[^\w]+\w+){0,6}?[^\w]+năm[^\w]+[0-9]{4}"))
_COUNTED = pattern(
    fold(
        r"(?<!\w)(?:có mặt|hiện có|hiện trạng|thực trạng|thực có|thực tế|rà soát|tình hình|sử dụng|thực hiện|"
        r"thống kê|chất lượng|số lượng|danh sách|đến|thời điểm|giao|phân bổ|in post|present)(?!\w)"
    )
)
"""Who counts people says so, or says a day; who assigns posts says that."""
