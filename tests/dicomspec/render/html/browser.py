"""A headless Chromium, driven by its command line alone.

The page under test is a copy without its Content-Security-Policy, with a script added that sends
what it finds to a page of frames, which writes it into an attribute of its root element;
`--dump-dom` gives that back. Frames have a set width, since a headless window is never narrower
than 500 pixels.

Chromium is looked for in $DICOMSPEC_CHROMIUM, then on the PATH; axe-core in $DICOMSPEC_AXE (the
file axe.min.js), then where `npm install --prefix .venv/axe axe-core` puts it. What is missing
skips the tests, or fails them where $DICOMSPEC_BROWSER_TESTS is "required".
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[4]
AXE = Path("axe", "node_modules", "axe-core", "axe.min.js")
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
REQUIRED = "DICOMSPEC_BROWSER_TESTS"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--allow-file-access-from-files",
)  # fmt: skip
CSP = re.compile(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>")


def _missing(what):
    """Skip, or fail where the tests are asked for by name."""
    if os.environ.get(REQUIRED) == "required":
        pytest.fail(f"{what}, and {REQUIRED}=required")
    pytest.skip(f"{what} (see tests/dicomspec/render/html/browser.py)")


def chromium():
    """Return the path of a Chromium: $DICOMSPEC_CHROMIUM, or one on the PATH."""
    found = os.environ.get("DICOMSPEC_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    return found or _missing("no Chromium: apt-get install chromium, or set DICOMSPEC_CHROMIUM")


def axe():
    """Return the source of axe-core: $DICOMSPEC_AXE, or what npm put into .venv/axe."""
    path = Path(os.environ.get("DICOMSPEC_AXE") or ROOT / ".venv" / AXE)
    if not path.is_file():
        _missing("no axe-core: npm install --prefix .venv/axe axe-core, or set DICOMSPEC_AXE")
    return path.read_text(encoding="utf-8")


def with_script(page, *scripts):
    """Return a copy of a page that runs scripts of ours behind its own."""
    added = "".join(f"<script>{script}</script>" for script in scripts)
    return CSP.sub("", page).replace("</body>", added + "</body>")


def dump(folder, file, *, dark=False, size="1400,1000"):
    """Return the document of a file after its scripts have run, as text."""
    command = [
        chromium(), *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--window-size={size}",
        f"--blink-settings=preferredColorScheme={0 if dark else 1}",
        "--virtual-time-budget=60000", "--dump-dom", file.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode()


def in_frames(folder, pages, widths, *, dark):
    """Return what each page at each width called `report(data)` with: {(name, width): data}."""
    frames: list[str] = []
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
        frames += (
            f'<iframe src="{name}.html#{name}" width="{width}" height="900"></iframe>'
            for width in widths
        )
    frame_page = folder / "frames.html"
    frame_page.write_text(FRAMES.format(frames="".join(frames), number=len(frames)))
    text = dump(folder, frame_page, dark=dark)
    found = re.search(r'data-results="([^"]*)"', text)
    assert found, "not every frame has answered"
    return {(each["name"], each["width"]): each["data"] for each in json.loads(unquote(found[1]))}


# Defined in every page: sends data to the page of frames.
REPORT = """
const report = (data) =>
  parent.postMessage({name: location.hash.slice(1), width: innerWidth, data}, "*");
"""

FRAMES = """<!DOCTYPE html><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<title>Frames</title>
<style>iframe {{ border: 0; display: block; }}</style>
<script>
const results = [];
addEventListener("message", (event) => {{
  results.push(event.data);
  if (results.length === {number}) {{
    document.documentElement.dataset.results = encodeURIComponent(JSON.stringify(results));
  }}
}});
</script>
{frames}"""
