"""What a reader waits for, in a real browser on an idle machine.

The time from asking a cold server for the page to its first answer, from a weight to
the new order, from other megawatts to every site evaluated anew, and to the first
draws. The page's own clock is read, from the key pressed to the words changed.
Run by hand from the root of the repository: ``python -m benchmarks.bench_browser``.
"""

import tempfile
import time
from pathlib import Path
from statistics import median

from selenium.webdriver import Keys

from tests.app.browser import Window, browser, server, until

SIDE = "[data-testid=stSidebar]"
WEIGHT = "[class*=st-key-control-preferences-groups-{}] input[type=range]"
MEGAWATTS = "[class*=st-key-control-campus-mw] input"
WATCH = """
const [css, word] = arguments;
const told = () => [...document.querySelectorAll(css)].map(e => e.textContent).join();
const before = told();
const changed = () => word ? told().includes(word) : told() !== before;
const app = document.querySelector('[data-testid=stApp]');
const idle = () => app.dataset.testScriptState === 'notRunning';
const k = window.khazri = {pressed: null, seen: null, whole: null};
const press = () => { k.pressed ??= performance.now(); };
document.addEventListener('keydown', press, {capture: true, once: true});
const look = () => {
  if (k.pressed !== null && changed()) k.seen ??= performance.now();
  if (k.seen !== null && idle()) k.whole = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
"""Notes when a key is pressed, when words appear (or change, if none are given) and
when the whole page has come."""
TOOK = """const k = window.khazri;
return k.whole === null ? null : [k.seen - k.pressed, k.whole - k.pressed];"""
ANSWER = (
    "[data-testid=stMain] [data-testid=stHeading],"
    "[data-testid=stMain] [data-testid=stMarkdown]"
)


def keyed(window, css, keys, word=""):
    """Return the seconds from keys typed to words on the page, and to all of it."""
    control = window.one(css)
    control.send_keys(Keys.CONTROL, "a")
    window.driver.execute_script(WATCH, ANSWER, word)
    control.send_keys(*keys)
    seen, whole = until(lambda: window.driver.execute_script(TOOK))
    window.settle()
    return seen / 1e3, whole / 1e3


def cold(window):
    """Return the seconds from asking a server never asked before to its answer."""
    start = time.monotonic()
    window.driver.get(window.address)
    until(lambda: "First:" in window.text())
    answer = time.monotonic() - start
    window.settle()
    return answer, time.monotonic() - start


def weights(window):
    """Return the seconds from a weight moved to the new answer, some times."""
    window.one(f"{SIDE} [data-testid=stExpander] summary").click()
    name = WEIGHT.format("connectivity")
    until(lambda: window.all(name))
    window.settle()
    return [keyed(window, name, [key]) for key in [Keys.END, Keys.HOME] * 5]


def megawatts(window):
    """Return the seconds from other megawatts asked for to their answer."""
    return [
        keyed(window, MEGAWATTS, [f"{mw}", Keys.ENTER], f"put {mw} MW")
        for mw in (60, 75, 90)
    ]


def doubt(window):
    """Return the seconds from turning to the page of doubt to its answer."""
    (page,) = [
        one for one in window.all("[data-testid=stTopNavLink]") if one.text == "Doubt"
    ]
    start = time.monotonic()
    page.click()
    until(lambda: "draws of" in window.text())
    return time.monotonic() - start


def main():
    """Start a server and a browser, and say what they take."""
    start = time.monotonic()
    with server() as address, tempfile.TemporaryDirectory() as folder:
        print(f"server answers after {time.monotonic() - start:.1f} s", flush=True)
        with browser(Path(folder)) as driver:
            window = Window(driver, address, Path(folder))
            answer, whole = cold(window)
            print(f"first answer {answer:.1f} s, whole page {whole:.1f} s", flush=True)
            took = weights(window)
            for name, times in zip(
                ("answer", "whole page"), zip(*took, strict=True), strict=True
            ):
                print(
                    f"weight to {name}: median {median(times) * 1e3:.0f} ms, "
                    f"{min(times) * 1e3:.0f} to {max(times) * 1e3:.0f}",
                    flush=True,
                )
            took = [f"{seen:.1f} ({whole:.1f}) s" for seen, whole in megawatts(window)]
            print("other megawatts, answer (whole page):", *took, flush=True)
            print(f"first draws: {doubt(window):.1f} s", flush=True)


if __name__ == "__main__":
    main()
