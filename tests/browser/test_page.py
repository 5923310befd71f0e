"""The report's page in a real browser: it works, asks the network for nothing, and shows names as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Quota = Callable[..., Any]
DAY = ("--as-of", "2026-11-22")
EVIL = "<script>alert(1)</script>"
NAMES = ["Xã Đông Hòa", EVIL, '"><img src=x onerror=alert(2)>', "Phường {{ 7*7 }}", "Đặc khu Áo"]


@pytest.fixture(scope="module")
def written() -> dict[tuple[object, ...], Path]:
    """The reports there are, by what was asked for: nothing changes one that is written."""
    return {}


@pytest.fixture
def page_of(
    quota: Quota, written: dict[tuple[object, ...], Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., str]:
    """Write a report, once for all who ask for it, and give its address."""

    def write(*arguments: object, lang: str = "vi") -> str:
        if (*arguments, lang) not in written:
            path = tmp_path_factory.mktemp("page") / "report.html"
            run = quota("report", *arguments, *DAY, "--lang", lang, "--output", path)
            assert run.code == 0, run.err
            written[*arguments, lang] = path
        return written[*arguments, lang].as_uri()

    return write


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five units with names that are no good, some short, some over, one unknown."""
    rows = ["code,name,type,population,government,party,front,lon,lat"]
    for place, name in enumerate(NAMES):
        quoted = name.replace('"', '""')
        government = ["30", "40", "35", "", "28"][place]
        rows.append(
            f'0{place},"{quoted}",xã,{17_000 + 2_000 * place},{government},18,9,{106 + place / 10},20.{place}'
        )
    path = tmp_path_factory.mktemp("evil") / "evil.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def seen(chromium: Any) -> Iterator[Callable[..., tuple[Any, list[str]]]]:
    """Open an address and give the page and everything it said or asked for that it should not have."""
    opened: list[Any] = []

    def look(address: str, width: int = 1280, *, scripts: bool = True) -> tuple[Any, list[str]]:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="vi-VN"
        )
        opened.append(context)
        page, faults = context.new_page(), []
        page.on("console", lambda message: faults.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda asked: faults.append(asked.url) if asked.url != address else None)
        page.goto(address)
        if scripts:
            page.wait_for_function(
                "[...document.querySelectorAll('.chart')].every(one => one.classList.contains('live'))"
            )
        return page, faults

    yield look
    for context in opened:
        context.close()


def names(page: Any) -> list[str]:
    return [str(name) for name in page.locator("tbody:not([hidden]) th").all_inner_texts()]


def test_the_embedded_province_in_vietnamese(page_of: Any, seen: Any) -> None:
    page, faults = seen(page_of())
    assert page.locator("html").get_attribute("lang") == "vi"
    assert page.locator(".cards dd").first.inner_text() == "114"
    assert "4.664.124" in page.locator(".cards").inner_text()
    assert page.locator(".chart svg").count() == 5
    assert page.locator("tbody.unit").count() == 114
    assert "giả định" in page.locator(".warning").inner_text()
    assert faults == []


def test_sorting_by_numbers_and_by_names(page_of: Any, seen: Any) -> None:
    page, faults = seen(page_of())
    heading = page.locator("thead th", has_text="Dân số")
    heading.locator("button").click()
    assert heading.get_attribute("aria-sort") == "descending"
    residents = [
        int(value)
        for value in page.locator("tbody td:nth-child(3)").evaluate_all(
            "all => all.map(c => c.dataset.value)"
        )
    ]
    assert residents == sorted(residents, reverse=True)
    heading.locator("button").focus()
    page.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"
    assert names(page)[0] == "Đặc khu Bạch Long Vĩ"
    page.locator("thead th").first.locator("button").click()
    assert names(page)[0].startswith("Đặc khu")
    assert names(page)[-1].startswith("Xã")
    assert faults == []


def test_filtering_by_name_without_accents_type_and_status(page_of: Any, seen: Any) -> None:
    page, faults = seen(page_of())
    page.get_by_label("Tên hoặc mã", exact=True).fill("hong bang")
    assert names(page) == ["Phường Hồng Bàng"]
    assert page.locator("#shown").inner_text() == "Đang hiện: 1 đơn vị"
    page.get_by_label("Tên hoặc mã", exact=True).fill("")
    page.locator("#type").select_option("special_zone")
    assert len(names(page)) == 2
    page.locator("#status").select_option("short")
    assert names(page) == ["Đặc khu Bạch Long Vĩ"]
    assert faults == []


def test_a_units_working_opens_on_click_and_by_keyboard(page_of: Any, seen: Any) -> None:
    page, faults = seen(page_of())
    button = page.get_by_role("button", name="Phường Hồng Bàng")
    button.click()
    working = page.locator(f"#{button.get_attribute('aria-controls')}")
    assert button.get_attribute("aria-expanded") == "true"
    assert "113.200 − 16.000 = 97.200" in working.inner_text()
    button.focus()
    page.keyboard.press("Enter")
    assert not working.is_visible()
    assert faults == []


def test_hovering_over_the_map_names_the_unit(page_of: Any, seen: Any, evil: Path) -> None:
    page, faults = seen(page_of(evil))
    texts = []
    for place in range(5):
        page.locator("#chart-map .mark-symbol path").nth(place).hover()
        page.wait_for_selector("#vg-tooltip-element.visible")
        texts.append(page.locator("#vg-tooltip-element").inner_text())
    for name in NAMES:
        assert any(name in text for text in texts), name
    assert page.locator("#vg-tooltip-element script, #vg-tooltip-element img").count() == 0
    assert faults == []


@pytest.mark.parametrize("scripts", [True, False])
def test_names_show_as_text(page_of: Any, seen: Any, evil: Path, *, scripts: bool) -> None:
    page, faults = seen(page_of(evil), scripts=scripts)
    assert names(page) == NAMES
    assert page.locator("img").count() == 0
    assert EVIL in page.locator(".chart").first.locator("..").locator("..").inner_text()
    assert faults == []


def test_without_scripts_there_are_pictures_a_table_and_the_working(page_of: Any, seen: Any) -> None:
    page, faults = seen(page_of(), scripts=False)
    assert page.locator(".chart svg").count() == 5
    assert page.locator("tbody.unit").count() == 114
    assert not page.locator(".filters").is_visible()
    page.locator("summary").first.click()
    assert "50.307 − 16.000 = 34.307" in page.locator("details").first.inner_text()
    assert faults == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_sticks_out_of_the_screen(page_of: Any, seen: Any, width: int) -> None:
    page, _ = seen(page_of(), width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for box in (page.locator(".chart svg").nth(place).bounding_box() for place in range(5)):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_boundaries_are_drawn_unit_by_unit(page_of: Any, seen: Any, reference: Path) -> None:
    page, faults = seen(page_of("--boundaries", reference / "hai-phong.geojson"))
    assert page.locator("#chart-map .mark-shape path").count() == 114
    box = page.locator("#chart-map .mark-shape path").nth(3).bounding_box()
    assert box["width"] < 100  # a unit's shape, not the rest of the globe
    assert faults == []


def test_units_without_staff_and_without_places(page_of: Any, seen: Any, tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    table.write_text("code,name,type,population\n1,Xã A,xã,17000\n2,Xã B,xã,\n", encoding="utf-8")
    page, faults = seen(page_of(table, lang="en"))
    assert page.locator(".chart").count() == 1
    assert page.locator("thead th").all_inner_texts() == ["Unit", "Type", "Residents", "Posts granted"]
    assert faults == []


def test_a_printed_page_has_the_table_and_no_controls(page_of: Any, seen: Any) -> None:
    page, _ = seen(page_of())
    page.emulate_media(media="print")
    assert not page.locator(".filters").is_visible()
    assert page.locator("tbody.unit").nth(113).is_visible()
