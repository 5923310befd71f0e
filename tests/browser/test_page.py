"""The report's page in a real browser: it works, asks the network for nothing, and shows names as text."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow  # Chromium, for what tests/unit/render/report sees in the page's text
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

    def look(
        address: str, width: int = 1280, *, scripts: bool = True, **more: object
    ) -> tuple[Any, list[str]]:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="vi-VN", **more
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
    assert page.locator(".chart svg").count() == 4
    assert page.locator("#map .unit").count() == 114
    assert page.locator("h1").inner_text() == (
        "Biên chế các đơn vị hành chính cấp xã của thành phố Hải Phòng so với định mức"
    )
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


def test_pointing_at_the_map_names_the_unit(page_of: Any, seen: Any, evil: Path) -> None:
    page, faults = seen(page_of(evil))
    picked = page.locator("#picked")
    assert picked.inner_text() == "Trỏ vào một đơn vị, hoặc chọn đơn vị đó, để xem số liệu."
    for place, name in enumerate(NAMES):
        page.locator("#map .unit").nth(place).hover()
        assert picked.locator("b").inner_text() == name
    assert "Thiếu: 8" in picked.inner_text()
    page.locator("#map .unit").nth(1).click()
    page.mouse.move(0, 0)
    assert picked.locator("b").inner_text() == EVIL
    assert picked.locator("script, img").count() == 0
    assert faults == []


@pytest.mark.parametrize("scripts", [True, False])
def test_names_show_as_text(page_of: Any, seen: Any, evil: Path, *, scripts: bool) -> None:
    page, faults = seen(page_of(evil), scripts=scripts)
    assert names(page) == NAMES
    assert page.locator("img").count() == 0
    assert EVIL in page.locator("#map svg").nth(1).text_content()
    assert EVIL in page.locator(".charts").inner_text()
    assert faults == []


def test_without_scripts_there_are_pictures_a_table_and_the_working(page_of: Any, seen: Any) -> None:
    page, faults = seen(page_of(), scripts=False)
    assert page.locator(".chart svg").count() == 4
    assert page.locator("#map .unit").count() == 114
    assert not page.locator("#find").is_visible()
    assert page.locator("#map text:visible").count() > 20
    assert page.locator("tbody.unit").count() == 114
    assert not page.locator(".filters").is_visible()
    page.locator("summary").first.click()
    assert "50.307 − 16.000 = 34.307" in page.locator("details").first.inner_text()
    assert faults == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_sticks_out_of_the_screen(page_of: Any, seen: Any, width: int) -> None:
    page, _ = seen(page_of(), width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    pictures = [page.locator(".chart svg").nth(place) for place in range(4)]
    for box in (picture.bounding_box() for picture in (*pictures, page.locator("#whole"))):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_boundaries_are_drawn_unit_by_unit(page_of: Any, seen: Any, reference: Path) -> None:
    page, faults = seen(page_of("--boundaries", reference / "hai-phong.geojson"))
    assert page.locator("#map path.unit").count() == 114
    box = page.locator("#map path.unit").nth(3).bounding_box()
    assert box["width"] < 100
    inset, main = page.locator(".panel.inset"), page.locator("#whole")
    assert inset.locator(".unit").count() == 1
    assert "Bạch Long Vĩ" in inset.inner_text()
    edges = [shape.bounding_box() for shape in (main.locator(".unit").nth(place) for place in range(113))]
    whole = main.bounding_box()
    used = max(edge["y"] + edge["height"] for edge in edges) - min(edge["y"] for edge in edges)
    assert used > 0.9 * whole["height"]  # the rest fills its box
    assert faults == []


def test_the_map_is_zoomed_by_buttons_keys_and_wheel(page_of: Any, seen: Any) -> None:
    page, faults = seen(page_of())
    whole, names = page.locator("#whole"), page.locator("#whole text:visible")
    zoom = lambda: float(whole.get_attribute("data-zoom"))  # noqa: E731  (said once, asked often)
    first = names.count()
    for _ in range(3):
        page.get_by_role("button", name="Phóng to", exact=True).click()
    assert zoom() == pytest.approx(1.6**3, abs=0.01)
    on_screen = page.evaluate(
        """() => { const box = document.getElementById("whole").getBoundingClientRect();
        return [...document.querySelectorAll("#whole text")].filter((text) => text.style.display === "inline")
            .filter((text) => { const own = text.getBoundingClientRect();
                return own.right > box.left && own.left < box.right; }).length; }"""
    )
    stripes = page.locator("#map pattern[id^=both]").first.get_attribute("patternTransform")
    assert float(stripes.partition("scale(")[2].rstrip(")")) < 0.5  # as fine on the screen as before
    assert names.count() > first  # nearer, more names have room
    assert on_screen > 0
    size = page.locator("#whole text:visible").first.evaluate("text => text.getBoundingClientRect().height")
    assert 18 < size < 40  # letters keep their size
    whole.focus()
    before = whole.get_attribute("viewBox")
    page.keyboard.press("ArrowRight")
    assert whole.get_attribute("viewBox") != before
    page.keyboard.press("-")
    assert zoom() == pytest.approx(1.6**2, abs=0.01)
    page.keyboard.press("0")
    assert zoom() == 1
    page.keyboard.press("+")
    assert zoom() == pytest.approx(1.6)
    page.get_by_role("button", name="Toàn bản đồ").click()
    assert (zoom(), names.count()) == (1, first)
    whole.hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_function("Number(document.getElementById('whole').dataset.zoom) > 2")
    before = whole.get_attribute("viewBox")
    page.mouse.down()
    page.mouse.move(300, 300)
    page.mouse.up()
    assert whole.get_attribute("viewBox") != before
    assert faults == []


def test_a_unit_is_found_on_the_map_by_its_name(page_of: Any, seen: Any) -> None:
    page, faults = seen(page_of())
    field, picked = page.get_by_label("Tìm đơn vị trên bản đồ").last, page.locator("#picked")
    field.fill("hong bang")
    field.press("Enter")
    assert picked.locator("b").inner_text() == "Phường Hồng Bàng"
    assert float(page.locator("#whole").get_attribute("data-zoom")) > 4
    chosen = page.locator(".unit.chosen")
    box, whole = chosen.bounding_box(), page.locator("#whole").bounding_box()
    assert box["x"] + box["width"] / 2 == pytest.approx(whole["x"] + whole["width"] / 2, abs=60)
    field.fill("Xã Vĩnh Am")  # a name as the list offers it needs no Enter
    assert picked.locator("b").inner_text() == "Xã Vĩnh Am"
    field.fill("bach long vi")
    field.press("Enter")
    assert page.locator(".panel.inset .unit.chosen").count() == 1
    field.fill("không có đâu")
    field.press("Enter")
    assert picked.inner_text() == "Trên bản đồ không có đơn vị nào có tên hoặc mã này."
    field.fill("")
    field.press("Enter")
    assert page.locator(".unit.chosen").count() == 0
    page.locator("#search").fill("hong bang")
    assert page.locator("#map .unit:not(.faint)").count() == 1
    assert faults == []


def test_the_unit_chosen_names_those_it_borders_on(page_of: Any, seen: Any) -> None:
    page, faults = seen(page_of(), bypass_csp=True)
    picked = page.locator("#picked")
    page.get_by_label("Tìm đơn vị trên bản đồ").last.fill("Phường Hồng Bàng")
    beside = picked.get_by_role("button")
    assert picked.locator(".beside").inner_text().startswith("Giáp ranh: ")
    assert beside.count() == 9
    assert {"Phường Thủy Nguyên", "Phường An Hải", "Phường Lê Chân"} < set(beside.all_inner_texts())
    picked.get_by_role("button", name="Phường Lê Chân").click()
    assert picked.locator("b").inner_text() == "Phường Lê Chân"
    assert "Phường Hồng Bàng" in beside.all_inner_texts()
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    assert [found["id"] for found in axe.Axe().run(page).response["violations"]] == []
    page.locator(".panel.inset .unit").first.hover()  # pointed at, not chosen: its figures alone
    assert beside.count() == 0
    assert faults == []


def test_units_without_staff_and_without_places(page_of: Any, seen: Any, tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    table.write_text("code,name,type,population\n1,Xã A,xã,17000\n2,Xã B,xã,\n", encoding="utf-8")
    page, faults = seen(page_of(table, lang="en"))
    assert page.locator(".chart").count() == 1
    assert "There is no map: nothing says where the units are. Give --boundaries" in page.content()
    assert page.locator("thead th").all_inner_texts() == ["Unit", "Type", "Residents", "Posts granted"]
    assert faults == []


def test_a_printed_page_has_the_table_and_no_controls(page_of: Any, seen: Any) -> None:
    page, _ = seen(page_of(), color_scheme="dark")
    page.emulate_media(media="print")
    for shown_only_on_a_screen in (".filters", ".tools", ".advice", "#picked", "#hint", ".brief"):
        assert not page.locator(shown_only_on_a_screen).first.is_visible(), shown_only_on_a_screen
    assert page.locator("tbody.unit").nth(113).is_visible()
    assert page.locator("#whole").is_visible()
    colours = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert colours == ["rgb(31, 42, 68)", "rgb(255, 255, 255)"]  # dark is for screens


def test_on_paper_the_headings_of_the_table_stand_on_every_page(
    page_of: Any, seen: Any, tmp_path: Path
) -> None:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext is not installed (Debian: poppler-utils)")
    page, _ = seen(page_of())
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    text = subprocess.run(
        [reader, str(tmp_path / "page.pdf"), "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    first, *pages = text.split("\f")
    assert "Bản đồ thừa, thiếu biên chế" in first  # the map has room on the first page
    tables = [shown for shown in pages if "Xã " in shown and "thiếu" in shown and "Nhận xét" not in shown]
    assert len(tables) >= 4
    assert all("Tình trạng" in shown for shown in tables[1:])
    assert page.locator("thead th button").count() == 11  # they are back on the screen


def test_on_a_narrow_screen_the_figures_that_matter_stand_under_the_name(page_of: Any, seen: Any) -> None:
    page, faults = seen(page_of(), 390)
    first = page.locator("tbody.unit").first
    assert first.locator("th").inner_text().split("\n") == [
        *("Phường Thành Đông", "định mức 74–79 · hiện có 71", "−3 thiếu"),
    ]
    heights = page.evaluate(
        "[...document.querySelectorAll('tbody.unit')].map(unit => unit.getBoundingClientRect().height)"
    )
    assert max(heights) < 110
    assert page.locator("thead").bounding_box()["height"] < 60
    assert page.locator("#hint").inner_text() == "Bảng còn nhiều cột: vuốt ngang để xem."
    wide, _ = seen(page_of())
    assert not wide.locator("#hint").is_visible()
    assert not wide.locator(".brief").first.is_visible()
    assert faults == []


@pytest.mark.parametrize(("lang", "width"), [("vi", 1280), ("en", 390)])
def test_axe_finds_nothing(page_of: Any, seen: Any, evil: Path, lang: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page, _ = seen(page_of(evil, lang=lang), width, bypass_csp=True)
    page.locator("tbody.unit th button").first.click()
    found = axe.Axe().run(page).response["violations"]
    page.emulate_media(color_scheme="dark")
    contrast = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
    found += axe.Axe().run(page, options=contrast).response["violations"]
    assert [(fault["id"], fault["impact"], fault["nodes"][0]["html"]) for fault in found] == []
