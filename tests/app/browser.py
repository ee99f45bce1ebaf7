"""A real browser on a real server, for the tests that need one."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--window-size=1280,1400",
)
RUNNING = "[data-testid=stApp][data-test-script-state=running]"
WAITING = "[data-testid=stSpinner], [data-testid=stSkeleton]"


def missing() -> str:
    """Return what a browser test lacks here; blank if nothing."""
    try:
        import selenium  # noqa: F401, PLC0415 - looked for
    except ImportError:
        return "selenium is not installed (the test extra has it)"
    if not any(map(which, BROWSERS)):
        return "no Chromium on the PATH (Debian: apt-get install chromium)"
    if not which("chromedriver"):
        return "no chromedriver on the PATH (Debian: apt-get install chromium-driver)"
    return ""


@contextmanager
def server() -> Iterator[str]:
    """Serve the app on a free port and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = [f"--server.port={port}", "--server.headless=true"]
    with subprocess.Popen(
        [sys.executable, "-m", "app", *told],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            address = f"http://localhost:{port}"
            until(lambda: _answers(address))
            yield address
        finally:
            process.terminate()


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/_stcore/health") as reply:
            return bool(reply.status == 200)
    except (URLError, OSError):
        return False


def until(holds: Callable[[], Any]) -> Any:
    """Return what holds once it does, or fail for lack of patience."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.1)
    message = "the page did not come to that"
    raise AssertionError(message)


@contextmanager
def browser(downloads: Path) -> Iterator[Any]:
    """Open a browser that saves files into a folder."""
    from selenium import webdriver  # noqa: PLC0415 - only where it is installed
    from selenium.webdriver.chrome.service import Service  # noqa: PLC0415

    options = webdriver.ChromeOptions()
    for flag in (*FLAGS, f"--user-data-dir={downloads / 'profile'}"):
        options.add_argument(flag)
    options.binary_location = next(filter(None, map(which, BROWSERS)))
    wanted = {"download.default_directory": str(downloads)}
    options.add_experimental_option("prefs", wanted)
    driver = webdriver.Chrome(options, Service(which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


class Window:
    """A browser looking at the app."""

    def __init__(self, driver: Any, address: str, downloads: Path) -> None:
        self.driver, self.address, self.downloads = driver, address, downloads

    def open(self, link: str = "") -> None:
        """Open a page of the app in a new session."""
        self.driver.get(f"{self.address}/{link}")
        self.settle()

    def settle(self) -> None:
        """Wait until the page is drawn and nothing runs."""
        until(lambda: self.all("[data-testid=stHeading]"))
        until(lambda: not self.all(RUNNING) and not self.all(WAITING))

    def all(self, css: str) -> list[Any]:
        """Return everything on the page that a selector names."""
        found: list[Any] = self.driver.find_elements("css selector", css)
        return found

    def one(self, css: str) -> Any:
        """Return the one thing a selector names, once it is there."""
        return until(lambda: self.all(css))[0]

    def text(self, css: str = "[data-testid=stMain]") -> str:
        """Return the words of a part of the page."""
        words: str = self.driver.execute_script(
            "return document.querySelector(arguments[0])?.innerText || ''", css
        )
        return words

    def turn(self, title: str) -> None:
        """Turn to another page by the menu."""
        links = self.all("[data-testid=stTopNavLink]")
        (link,) = [one for one in links if one.text == title]
        link.click()
        until(
            lambda: self.text("[data-testid=stTopNavLink][aria-current=page]") == title
        )
        self.settle()
