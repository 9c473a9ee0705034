"""The studio in a browser: `python -m tests.benchmarks.bench_studio [--touches N ...] [--keep FOLDER]`.

A real JupyterLab and Chromium on made-up touches that were prepared once. From the click on the launcher's
card to the first numbers; from a key press on a control to changed numbers, measured in the page, for the
controls of several rules and never twice at the same value; the longest time that a row of a table of all
touches is blank while somebody scrolls; and the memory of the kernel.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.alone import ROOT, a_folder, print_conditions, print_table
from tests.browser.conftest import ARGUMENTS, CHROMIUM, open_page
from tests.browser.lab import Lab
from tests.browser.labserver import LabServer

_PRESSES: Final = 20
_LONG: Final = 180_000
_EVERYTHING: Final = """\
rulebook: everything
language: 1
rules:
  - {id: every-touch, title: Every touch there is, severity: low, when: {kind: {exists: true}}}
"""
_NUMBERS: Final = "document.querySelector('.jp-touchrules-cards')?.textContent ?? ''"
_WAIT_FOR_CHANGE: Final = f"""() => new Promise((done) => {{
  const numbers = () => {_NUMBERS};
  const before = numbers();
  let pressed = 0;
  const end = (took) => {{ observer.disconnect(); clearTimeout(limit); done(took); }};
  const look = () => {{ if (pressed && numbers() !== before) end(performance.now() - pressed); }};
  const observer = new MutationObserver(look);
  const all = {{ childList: true, subtree: true, characterData: true }};
  observer.observe(document.querySelector('.jp-touchrules-tune'), all);
  const press = () => {{ pressed = performance.now(); }};
  document.addEventListener('keydown', press, {{ once: true, capture: true }});
  const limit = setTimeout(() => end(null), 2500);
}})"""
_SCROLL: Final = """async () => {
  const grid = document.querySelector('.jp-touchrules-findings [role=grid]');
  let [longest, since, frames] = [0, 0, 0];
  const end = performance.now() + 10000;
  while (performance.now() < end) {
    const wheel = new WheelEvent('wheel', { deltaY: 90, bubbles: true, cancelable: true });
    if (grid.dispatchEvent(wheel)) grid.scrollTop += 90;
    await new Promise(requestAnimationFrame);
    frames += 1;
    const box = grid.getBoundingClientRect();
    const blank = [...grid.querySelectorAll('[role=row][aria-busy]')].some((row) => {
      const at = row.getBoundingClientRect();
      return !row.hidden && at.bottom > box.top && at.top < box.bottom;
    });
    const now = performance.now();
    if (blank) { since ||= now; longest = Math.max(longest, now - since); } else since = 0;
  }
  return [longest, frames];
}"""


@contextmanager
def a_studio(browser: Browser, touches: Path, home: Path) -> Iterator[tuple[LabServer, Lab]]:
    """A page of JupyterLab with the shipped rulebooks, and one that finds every touch."""
    files = home / "files"
    files.mkdir()
    for path in sorted((ROOT / "rulebooks").glob("*.rulebook.yaml")):
        shutil.copy(path, files)
    (files / "everything.rulebook.yaml").write_text(_EVERYTHING)
    program = ("jupyterlab", "--no-browser", f"--ServerApp.root_dir={files}")
    server = LabServer(program, home / "home", TOUCHRULES_TOUCHES=str(touches))
    try:
        with open_page(browser, server) as lab:
            lab.page.set_viewport_size({"width": 1920, "height": 1080})
            lab.open()
            yield server, lab
    finally:
        server.stop()


def click(lab: Lab) -> float:
    """Click the card; return the seconds until the first numbers are there."""
    lab.page.evaluate("() => { window.touchrulesBegan = performance.now(); }")
    lab.page.locator(".jp-LauncherCard", has_text="Touch Rules Studio").click()
    ready = f"() => /\\d/.test({_NUMBERS}) && performance.now() - window.touchrulesBegan"
    return float(lab.page.wait_for_function(ready, timeout=_LONG, polling=20).json_value()) / 1000


def press_keys(lab: Lab) -> dict[str, list[float]]:
    """Press an arrow key on one control after the other; return the milliseconds until numbers changed."""
    took: dict[str, list[float]] = {"a threshold": [], "a window or a time": []}
    options = lab.page.locator(".jp-touchrules-rules [role=option]")
    for number in range(options.count()):
        if options.nth(number).locator(".jp-touchrules-number").first.inner_text() == "0":
            continue
        options.nth(number).click()
        title = options.nth(number).locator(".jp-touchrules-words").inner_text()
        lab.page.locator(".jp-touchrules-chosen h3", has_text=title).wait_for()
        sliders = lab.page.locator(".jp-touchrules-chosen .jp-touchrules-drawn-control[data-kind=slider]")
        for place in range(sliders.count()):
            shown = sliders.nth(place).locator(".jp-touchrules-exact").input_value()
            kind = "a threshold" if shown.isdecimal() else "a window or a time"
            _press(lab, sliders.nth(place).locator("input[type=range]"), took[kind])
        print(f"{title}: {took}", file=sys.stderr)
        if len(took["a threshold"]) >= _PRESSES:
            break
    return took


def _press(lab: Lab, handle: Any, took: list[float]) -> None:
    """Press the key twice, each time to a new value; presses that change no number do not count."""
    for _ in range(2):
        lab.page.wait_for_timeout(1500)  # somebody looks at what came of the last press
        handle.focus()
        lab.page.evaluate(f"() => {{ window.touchrulesTook = ({_WAIT_FOR_CHANGE})(); }}")
        lab.page.keyboard.press("ArrowRight")
        told = lab.page.evaluate("() => window.touchrulesTook")
        if told is None:
            return
        took.append(float(told))


def scroll(lab: Lab) -> tuple[float, int]:
    """Scroll a finding for every touch; return the longest blank in milliseconds, and the frames."""
    lab.page.get_by_role("tab", name="Findings").click()
    lab.page.locator(".jp-touchrules-findings [role=row]").nth(5).wait_for(timeout=_LONG)
    longest, frames = lab.page.evaluate(_SCROLL)
    return float(longest), int(frames)


def memory_of_kernel(server: LabServer) -> tuple[float, float]:
    """The megabytes that the kernel holds, and the most that it held."""
    [kernel] = server.kernels()
    told = subprocess.run(
        ["pgrep", "-f", f"kernel-{kernel}.json"], capture_output=True, text=True, check=True
    )
    status = Path(f"/proc/{told.stdout.split()[0]}/status").read_text().splitlines()
    sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in status if line.startswith("Vm")}
    return sizes["VmRSS"], sizes["VmHWM"]


def measure(browser: Browser, touches: Path, home: Path) -> list[str]:
    """Return a row of the table."""
    with a_studio(browser, touches, home) as (server, lab):
        opened = click(lab)
        lab.page.wait_for_timeout(5000)
        keys = press_keys(lab)
        blank, frames = scroll(lab)
        now, most = memory_of_kernel(server)
    told = [_middle(one) for one in keys.values()]
    return [f"{opened:.1f}", *told, f"{blank:.0f} ({frames} frames)", f"{now:,.0f}", f"{most:,.0f}"]


def _middle(took: list[float]) -> str:
    return (
        f"{statistics.median(took):.0f}, the median of {len(took)} (worst {max(took):.0f})" if took else "-"
    )


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser("bench_studio")
    parser.add_argument("--touches", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--keep", type=Path, help="a folder for the touches, which are found there again")
    asked = parser.parse_args(arguments)
    print_conditions("of one run")
    rows = []
    with a_folder(asked.keep) as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for touches in asked.touches:
            prepared = prepare(folder, touches)
            with a_folder(None) as home:
                rows.append([f"{touches:,}", *measure(browser, prepared, home)])
        browser.close()
    heads = [
        "touches",
        "click to numbers, s",
        "a threshold to numbers, ms",
        "a window or a time, ms",
    ]
    print_table([*heads, "longest blank row, ms", "kernel MB", "at most MB"], rows)
    return 0


def prepare(folder: Path, touches: int) -> Path:
    """Return a folder of prepared touches of the made-up company."""
    place = folder / f"studio-{touches}.touches"
    if not place.exists():
        made = folder / f"studio-{touches}"
        touchrules = [sys.executable, "-m", "touchrules"]
        subprocess.run([*touchrules, "demo", "--touches", str(touches), "--out", made], cwd=ROOT, check=True)
        told = ["--touches", made / "touches.csv.gz", "--out", place]
        subprocess.run([*touchrules, "prepare", "rulebooks", *told], cwd=ROOT, check=True)
    return place


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
