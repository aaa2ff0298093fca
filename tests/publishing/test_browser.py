"""What a reader meets: pages open offline, switch language in place, show statements, and pass axe, phone included."""

import shutil
from dataclasses import replace

import pytest

from analysis.publishing.edition import index, packs
from analysis.publishing.output import manifest, pages
from analysis.runtime import files
from tests.publishing.shown import MADE, figure, markdown, notebook, record, sources

pytestmark = pytest.mark.browser

AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Two editions: a page made of real tables and charts, with enough words before them to have to scroll."""
    root = tmp_path_factory.mktemp("reports")
    report = packs.Report("one", root / "small.ipynb", {})
    pack = packs.Pack("small", "Small pack", (report, packs.Report("two", root / "small.ipynb", {})), "小报告")
    for edition, as_of in (("2023-11", "2023-11-30"), ("2025-12", "2025-12-31")):
        folder = files.make_writable_folder(root / edition)
        made = MADE | {"edition": edition}
        words = [markdown("words " * 400, "en"), markdown("文字" * 400, "zh")]
        files.write_all(folder, pages.files(_notebook(words), made, name="one"))
        told = {"edition": edition, "as_of": as_of, "inputs": made, "failed": {"two": "CoverageError: no freight."}}
        files.write_all(folder, index.render(pack, folder, **told))
    files.write_all(root, {index.NAME: index.render_editions(root, lang="both")})
    assert manifest.read(root / "2023-11", "one")
    return root


def _notebook(words):
    shown = notebook()
    shown.cells[1:1] = words
    return shown


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


def opened(browser, path, *, width=1280, **options):
    """Return a page without a network that collects whatever goes wrong, and the list of that."""
    page = browser.new_context(offline=True, viewport={"width": width, "height": 900}, **options).new_page()
    faults = []
    page.on("request", lambda r: faults.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(path.as_uri())
    return page, faults


IS_OPEN = "document.querySelector('details.rest').open"


@pytest.fixture
def folded(tmp_path):
    """A page with forty sources, the last of them cited in a sentence."""
    ids = [f"x{place}" for place in range(40)]
    table = sources()
    long = replace(table, rows=tuple((each, *table.rows[0][1:]) for each in ids), anchors=tuple(f"s-{x}" for x in ids))
    shown = notebook(record(), figure(), markdown("[The last one](#s-x39) of them.", "en"), long)
    path = tmp_path / "one.html"
    path.write_bytes(pages.files(shown, MADE, name="one")["one.html"])
    return path


def test_a_link_opens_the_fold_that_it_leads_into(browser, folded):
    page, faults = opened(browser, folded)
    seen = "(box => box.top > 0 && box.bottom <= innerHeight)(document.getElementById('s-x39').getBoundingClientRect())"
    assert not page.evaluate(IS_OPEN)
    page.get_by_text("The last one").click()
    for _ in range(40):
        if page.evaluate(seen):
            break
        page.wait_for_timeout(50)
    assert page.evaluate(IS_OPEN)
    assert page.evaluate(seen)
    page.goto("about:blank")
    page.goto(f"{folded.as_uri()}#s-x38")
    assert page.evaluate(IS_OPEN)
    assert faults == []
    page.context.close()


def test_paper_holds_every_source(browser, folded):
    page, _ = opened(browser, folded)
    shown = "document.getElementById('s-x39').checkVisibility()"
    assert not page.evaluate(shown)
    page.emulate_media(media="print")
    assert page.evaluate(shown)
    page.emulate_media(media="screen")
    assert not page.evaluate(shown)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(IS_OPEN)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.evaluate(IS_OPEN)
    page.context.close()


PAGES = ("2023-11/one.html", "2023-11/index.html", "index.html")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_pages_open_offline_without_sideways_scroll_or_error(browser, reports, name, width):
    page, faults = opened(browser, reports / name, width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Silkport Sans SC\"', '货'))")
    page.locator(".switch").click()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert faults == []
    page.context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser, reports, name, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page, _ = opened(browser, reports / name, width=width, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    for _ in range(2):
        if page.locator("a.n:visible").count():
            page.locator("a.n:visible").first.click()
        found = axe.run(page, options=AXE).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
        page.keyboard.press("Escape")
        page.locator(".switch").click()
    page.context.close()


def test_the_switch_changes_the_language_and_keeps_the_place(browser, reports):
    page, _ = opened(browser, reports / "2023-11/one.html", width=390)
    page.locator("table.sources").scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 120)")
    top = "document.querySelector('table.sources').getBoundingClientRect().top"
    before = page.evaluate(top)
    page.evaluate("document.querySelector('.switch').click()")
    assert page.evaluate("[document.documentElement.lang, document.title]") == [
        "zh-Hans", "伊尔克什坦公路过货量，2023年11月 | Silkport",
    ]  # fmt: skip
    assert page.evaluate("scrollY") > 0
    assert abs(page.evaluate(top) - before) < 60
    assert "Medians do not add up" not in page.evaluate("document.body.innerText")
    page.context.close()


def test_the_language_chosen_last_is_that_of_the_next_page(browser, reports):
    page, _ = opened(browser, reports / "index.html")
    page.locator(".switch").click()
    # The browser passes what a page stores on to the process of the next one a moment later.
    for _ in range(20):
        page.goto((reports / "2023-11/one.html").as_uri())
        if page.evaluate("document.documentElement.dataset.lang") == "zh":
            break
    assert page.evaluate("document.documentElement.dataset.lang") == "zh"
    page.context.close()


def test_a_number_shows_its_statements_to_pointer_finger_and_key(browser, reports):
    page, _ = opened(browser, reports / "2023-11/one.html")
    number, card = page.locator(".sentences a.n:visible"), page.locator(".statements")
    number.hover()
    card.wait_for(state="visible")
    assert "2 published statements bear on this number · n1" in card.inner_text()
    assert card.locator("a[href='https://example.org/a']").count() == 2
    page.mouse.move(5, 500)
    card.wait_for(state="hidden")
    number.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('.statements').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert not card.is_visible()
    assert page.evaluate("document.activeElement.classList.contains('n')")
    page.context.close()


def test_a_finger_opens_the_statements_and_closes_them_elsewhere(browser, reports):
    page, _ = opened(browser, reports / "2023-11/one.html", width=390, has_touch=True)
    page.locator(".sentences a.n:visible").tap()
    card = page.locator(".statements")
    assert card.is_visible()
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.touchscreen.tap(200, 20)
    assert not card.is_visible()
    page.context.close()


def test_a_mark_says_what_it_is(browser, reports):
    page, _ = opened(browser, reports / "2023-11/one.html")
    page.locator(".plot:visible path[aria-label]").first.hover()
    assert page.locator(".tip").inner_text() == "2022\ntonnes"
    page.context.close()


def test_paper_shows_the_wide_drawing_once_and_cuts_none(browser, reports):
    page, _ = opened(browser, reports / "2023-11/one.html", width=700)
    page.emulate_media(media="print")
    assert page.locator(".plot:visible").count() == 1
    assert page.evaluate("getComputedStyle(document.querySelector('figure')).breakInside") == "avoid"
    assert not page.locator(".switch").is_visible()
    page.context.close()
