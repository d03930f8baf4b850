"""The first screens in a real browser: usable by keyboard and without script, in every direction, and harmless."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from watchword.settings import Settings

STYLE = Path(__file__).parents[2] / "watchword/web/static/watchword.css"
PAGES = ("/", "/?q=maraging", "/?q=foo:bar", "/alerts", "/coverage", "/documents/hostile-1", "/nowhere")
MARKS = "Array.from(document.querySelectorAll('main mark')).map(m => m.textContent)"


def first_link(browser: Any, selector: str) -> str:
    found = browser.see(f"document.querySelector({selector!r}).href")
    assert isinstance(found, str)
    return found


def test_a_search_by_keyboard_without_script_shows_marked_hits_and_the_coverage(browser: Any, address: str) -> None:
    browser.do("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(address)
    for _ in range(6):
        browser.press("Tab")
        if browser.see("document.activeElement.id") == "q":
            break
    browser.do("Input.insertText", text="maraging AND language:en")
    browser.press("Enter")
    browser.wait()
    assert browser.see("document.querySelector('[role=status] strong').textContent") == "2 documents"
    assert "not seen at some time: agency, gazette" in browser.see(
        "document.querySelector('[role=status]').textContent"
    )
    assert browser.see("document.querySelectorAll('.hits > li').length") == 1
    assert "2 copies of 1 publishers" not in browser.see("document.querySelector('.hits').textContent")
    assert "2 copies" in browser.see("document.querySelector('.hits').textContent")
    assert set(browser.see(MARKS)) == {"maraging"}


def test_facets_choose_several_values_and_leave_values_out(browser: Any, address: str) -> None:
    def total() -> str:
        return str(browser.see("document.querySelector('[role=status] strong').textContent"))

    def click(value: str, kind: str) -> None:
        items = "Array.from(document.querySelectorAll('.facet li'))"
        item = f"{items}.find(x => x.querySelector('bdi').textContent == {value!r})"
        browser.see(f"{item}.querySelector('.{kind}').click()")
        browser.wait()

    browser.open(f"{address}/?q=NOT+source:evil*&fold=false")
    assert total() == "6 documents"
    click("Arabic", "choose")
    assert total() == "1 document"
    click("Chinese", "choose")
    assert total() == "2 documents"
    assert browser.see("document.querySelectorAll('.facet .only').length") == 2
    click("Arabic", "choose")
    click("Chinese", "choose")
    click("agency", "exclude")
    assert total() == "5 documents"
    assert browser.see("document.querySelector('.facet .without bdi').textContent") == "agency"
    assert "not Source: agency" in browser.see("document.querySelector('.chosen').textContent")
    browser.see("document.querySelector('.chosen a').click()")
    browser.wait()
    assert total() == "6 documents"


def test_a_saved_search_opens_as_a_search_that_can_be_changed(browser: Any, address: str) -> None:
    browser.open(address)
    assert "needs its parameters" in browser.see("document.querySelector('.box').textContent")
    browser.open(first_link(browser, ".box a"))
    assert browser.see("document.querySelector('#q').value") == 'maraging "steel"'
    assert browser.see("document.querySelector('[role=status] strong').textContent") == "2 documents"
    assert "Language: English" in browser.see("document.querySelector('.chosen').textContent")


def test_copies_of_a_story_open_from_its_hit(browser: Any, address: str) -> None:
    browser.open(f"{address}/?q=maraging+language:en")
    browser.open(first_link(browser, '.hits a[href*="story"]'))
    assert browser.see("document.querySelectorAll('.hits > li').length") == 2


def test_a_document_shows_what_it_names_with_reasons_on_focus_and_in_a_list(browser: Any, address: str) -> None:
    browser.open(f"{address}/?q=maraging+language:en")
    browser.open(first_link(browser, ".hits h2 a"))
    text = browser.see("document.querySelector('.text').textContent")
    assert "Tarek Halimi sold tubes of maraging steel" in text
    assert browser.see("Array.from(document.querySelectorAll('.text a.m.person')).map(m => m.textContent)") == [
        "Tarek Halimi"
    ]
    assert browser.see("document.querySelector('.text a.hit').textContent").startswith("maraging")
    mark = "document.querySelector('.text a.m.person')"
    browser.see(f"{mark}.focus({{focusVisible: true}})")
    shown = browser.see(f"getComputedStyle({mark}, '::after').content")
    assert "Tarek Abdelnour Halimi" in shown
    browser.resize(340)
    assert browser.see("document.documentElement.scrollWidth") <= 340
    reason = browser.see(f"document.getElementById({mark}.getAttribute('aria-describedby')).textContent")
    assert "of list panel" in reason
    browser.see(f"{mark}.click()")
    assert browser.see("document.querySelector(':target strong').textContent") == "Tarek Abdelnour Halimi"
    assert browser.see("document.querySelector('.legend').textContent.replace(/\\s+/g, ' ')").count("person") == 1


def test_a_document_stands_beside_its_provenance_and_its_versions(
    browser: Any, address: str, installation: Settings, client: httpx.Client
) -> None:
    hit = client.get("/api/v1/search", params={"q": "vacuum version:2"}).json()["hits"][0]
    known = client.get(f"/api/v1/documents/{hit['id']}").json()
    browser.open(f"{address}/documents/{hit['id']}")
    beside = browser.see("document.querySelector('aside').textContent")
    for told in (
        hit["run"],
        known["document"]["capture"],
        f"watchword verify {hit['run']}",
        known["provenance"]["signer"],
    ):
        assert told in beside
    assert all(record["sha256"] in beside for record in known["provenance"]["records"])
    assert browser.see("[document.querySelector('del').textContent, document.querySelector('ins').textContent]") == [
        "12",
        "34",
    ]
    assert browser.see("document.querySelector('h1').textContent") == "Pump, <b>stolen</b> & found"
    browser.open(first_link(browser, "aside ol a"))
    assert "This is version 1" in browser.see("document.querySelector('[role=note]').textContent")
    assert installation.folder.exists()


def test_alerts_show_their_reasons_and_lead_to_their_documents(browser: Any, address: str) -> None:
    browser.open(f"{address}/alerts")
    assert browser.see("document.querySelector('[role=status] strong').textContent") == "2 alerts"
    assert "“Tarek Halimi” is Tarek Abdelnour Halimi panel:P-1" in browser.see(
        "document.querySelector('.hits').textContent"
    )
    browser.open(first_link(browser, ".hits h2 a"))
    assert "watchword alerts acknowledge" in browser.see("document.querySelector('main').textContent")
    browser.open(first_link(browser, ".plain a"))
    assert "listed parties" in browser.see("document.querySelector('aside').textContent")


@pytest.mark.parametrize(
    ("query", "language", "direction"), [("language:ar", "ar", "rtl"), ("language:zh", "zh", "ltr")]
)
def test_a_text_has_its_own_language_and_direction(
    browser: Any, address: str, query: str, language: str, direction: str
) -> None:
    browser.open(f"{address}/?q={query}")
    for selector in (".hits h2", ".hits .snippet"):
        found = browser.see(f"(e => [getComputedStyle(e).direction, e.lang])(document.querySelector({selector!r}))")
        assert found == [direction, language]
    assert browser.see("getComputedStyle(document.querySelector('.hits .about')).direction") == "ltr"
    browser.open(first_link(browser, ".hits h2 a"))
    assert browser.see("getComputedStyle(document.querySelector('.text p')).direction") == direction
    assert browser.see("document.querySelector('.text').lang") == language


@pytest.mark.parametrize(
    "path", ["/?q=onerror", "/documents/hostile-1", "/documents/hostile-2", "/alerts", "/?q=%3Cscript%3E"]
)
def test_a_hostile_document_is_shown_and_does_nothing(browser: Any, address: str, path: str) -> None:
    browser.open(f"{address}{path}")
    assert browser.see("document.title") not in ("taken", "1")
    if path != "/alerts" and "%3C" not in path:
        assert browser.see("document.body.textContent").count('<script>document.title="taken"</script>') >= 2
    assert (
        browser.see("document.querySelectorAll('script, img, iframe, object, [onerror], [onclick], [onfocus]').length")
        == 0
    )
    assert (
        browser.see('document.querySelectorAll(\'a:not([href^="http"]):not([href^="/"]):not([href^="#"])\').length')
        == 0
    )
    assert browser.see("document.querySelectorAll('main').length") == 1
    assert browser.see("/[\\u202d\\u202e\\x00\\x1b]/.test(document.documentElement.textContent)") is False
    assert all(url.startswith(f"{address}/") for url in browser.requests)
    assert [c for c in browser.complaints if "status of 400" not in c] == []


def test_what_would_turn_letters_around_is_shown_by_name_and_stays_inside(browser: Any, address: str) -> None:
    browser.open(f"{address}/documents/hostile-1")
    assert "exe.⟦RLO⟧txt.gnp" in browser.see("document.querySelector('.text').textContent")
    assert "49" not in browser.see("document.querySelector('.text').textContent")
    assert "The run is not on this machine" not in browser.see("document.querySelector('aside').textContent")
    browser.open(f"{address}/documents/hostile-2")
    assert "The run is not on this machine" in browser.see("document.querySelector('aside').textContent")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [340, 1280])
def test_a_page_fits_its_screen_and_names_what_can_be_used(browser: Any, address: str, path: str, width: int) -> None:
    browser.resize(width)
    browser.open(f"{address}{path}")
    assert browser.see("document.documentElement.scrollWidth") <= width
    assert browser.see("document.querySelectorAll('h1').length") == 1
    assert browser.see("document.documentElement.lang") == "en"
    nodes = browser.do("Accessibility.getFullAXTree")["nodes"]
    used = [
        n
        for n in nodes
        if not n["ignored"] and n["role"]["value"] in ("link", "button", "textbox", "searchbox", "combobox")
    ]
    assert used
    assert [n for n in used if not n.get("name", {}).get("value", "").strip()] == []
    landmarks = {n["role"]["value"] for n in nodes if not n["ignored"]}
    assert {"banner", "main", "navigation", "contentinfo"} <= landmarks
    ids = browser.see("Array.from(document.querySelectorAll('[id]')).map(e => e.id)")
    assert len(ids) == len(set(ids))


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour written as #rrggbb (WCAG 2.2)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "grounds"),
    [
        ("ink", "ground raised item person organisation vessel site place identifier other"),
        ("quiet", "ground raised"),
        ("link", "ground raised"),
        ("hit-ink", "hit"),
        ("problem", "problem-ground"),
    ],
)
def test_every_colour_can_be_read(scheme: int, ink: str, grounds: str) -> None:
    block = re.findall(r":root \{(.*?)\}", STYLE.read_text("utf-8"), re.DOTALL)[scheme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    for ground in grounds.split():
        first, second = sorted((luminance(colours[ink]), luminance(colours[ground])))
        assert (second + 0.05) / (first + 0.05) >= 4.5, (ink, ground)
