"""A reader's whole way through a real browser: ask, select, compare, export, share."""

import math
from collections.abc import Iterator

import pytest

from app.cache import ranked, world
from app.intent import Intent, scenario_of
from app.maps import VIEW
from siting.export import content
from tests.app.browser import Window, browser, missing, server, until

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "all is there")

SETS = (("campus.mw", "80"), ("preferences.groups.connectivity", "100"))
"""As the command test of the cache asks for, so that it is found."""
CHECKBOX, HEAD, ROW = 16, 34, 33
"""Pixels of a table: middle of its first column, height of its head and of a row."""
TILE = 512
"""Pixels of the whole world at zoom 0."""


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    folder = tmp_path_factory.mktemp("browser")
    with server() as address, browser(folder) as driver:
        yield Window(driver, address, folder)


def fill(window: Window, key: str, text: str) -> None:
    from selenium.webdriver import Keys  # noqa: PLC0415 - only where it is installed

    field = window.one(f"[class*=st-key-{key}] input")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys(text, Keys.ENTER)


def click(window: Window, css: str, x: float, y: float) -> None:
    """Click so far right of and below the middle of something."""
    from selenium.webdriver import ActionChains  # noqa: PLC0415

    place = window.one(css)
    window.driver.execute_script(
        "arguments[0].scrollIntoView({block: 'center'})", place
    )
    chain = ActionChains(window.driver)
    chain.move_to_element_with_offset(place, round(x), round(y)).click().perform()


def on_map(site: str) -> tuple[float, float]:
    """Return where a site stands on the map, right of and below its middle [px]."""
    row = world().tables["sites"].loc[site]

    def north(lat: float) -> float:
        return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)

    size = TILE * 2 ** VIEW["zoom"]
    right = (row["lon"] - VIEW["longitude"]) / 360.0 * size
    return right, (north(VIEW["latitude"]) - north(row["lat"])) * size


def link(window: Window) -> str:
    return str(window.driver.current_url)


def ask(window: Window, best: str) -> None:
    """Ask for other megawatts and weights: the sites are re-ranked."""
    from selenium.webdriver import Keys  # noqa: PLC0415

    window.open()
    assert "Where to put 100 MW of training" in window.text()
    fill(window, "control-campus-mw", "80")
    until(lambda: "Where to put 80 MW" in window.text())
    window.one("[data-testid=stSidebar] [data-testid=stExpander] summary").click()
    slider = "[class*=st-key-control-preferences-groups-connectivity] input[type=range]"
    window.one(slider).send_keys(Keys.END)
    until(lambda: "groups.connectivity=100" in link(window))
    window.settle()
    until(lambda: f"First: {best}" in window.text())


def select(window: Window, third: str) -> None:
    """Select the third row of the ranking, then a site on the map."""
    table = ".st-key-ranking [data-testid=data-grid-canvas]"
    size = window.one(table).size
    down = HEAD + 2.5 * ROW - size["height"] / 2
    click(window, table, CHECKBOX - size["width"] / 2, down)
    until(lambda: f"site={third}" in link(window))
    window.settle()
    click(window, "[data-testid=stDeckGlJsonChart]", *on_map("AZ26"))
    until(lambda: "site=AZ26" in link(window))
    window.settle()
    assert "Sheki" in window.text()


def take_away(window: Window) -> bytes:
    """Compare, then export: return the file saved."""
    window.turn("Compare")
    assert "AZ26 Sheki" in window.text()
    assert "USD/kW-month" in window.text()
    window.turn("Export")
    window.one(".st-key-download-ranking-csv button").click()
    file = window.downloads / "ranking.csv"
    until(file.is_file)
    return file.read_bytes()


def test_the_whole_way(window: Window) -> None:
    run = ranked(scenario_of(Intent(sets=SETS)))
    table = run.ranking.table
    ask(window, str(table["name"].iloc[0]))
    select(window, str(table["site_id"].iloc[2]))
    assert take_away(window) == content(run, "csv")

    window.turn("Overview")
    shared, told = link(window), window.text()
    window.driver.switch_to.new_window("tab")
    window.driver.get(shared)
    window.settle()
    until(lambda: window.text() == told)
    field = window.one("[class*=st-key-control-campus-mw] input")
    assert field.get_property("value") == "80"


def test_nothing_is_asked_of_any_other_machine(window: Window) -> None:
    window.open()
    asked = window.driver.execute_script(
        "return performance.getEntriesByType('resource').map(entry => entry.name)"
    )
    assert asked
    assert [one for one in asked if not one.startswith(window.address)] == []
