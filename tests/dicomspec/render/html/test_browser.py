"""The pages in a browser: axe-core finds nothing, nothing is too wide, the script does its work.

Runs where Chromium and axe-core are at hand; see browser.py for where they are looked for.
"""

import re

import pytest

from dicomspec import render
from dicomspec.render import Options, html
from dicomspec.render.html import Room
from dicomspec.report import Report, SkippedFile
from tests.dicomspec.render import samples
from tests.dicomspec.render.html.browser import REPORT, axe, dump, in_frames, with_script

PHONE, DESKTOP = 360, 1280

RUN_AXE = """
addEventListener("load", async () => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  const found = await axe.run(document, {resultTypes: ["violations"]});
  report({
    violations: found.violations.flatMap(({id, nodes}) => nodes.map((node) => [id, node.html])),
    passes: found.passes.map(({id}) => id),
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    overflow: document.documentElement.scrollWidth - innerWidth,
  });
});
"""


def kinds_of_pages(folder):
    """Return a page of every kind: name → text."""
    several = samples.report(
        samples.ct(), samples.good_ct(), samples.mr(), samples.unreadable(), samples.unknown()
    )
    skipped = (SkippedFile("notes.txt", "no preamble"),)
    several = Report(several.edition, several.tool_version, several.instances, skipped)
    long_name = samples.unreadable("x" * 300 + "/\u202e" + "(0040,0275)[1]." * 30)
    whole = {
        "several": several,
        "one": samples.report(samples.ct()),
        "good": samples.report(samples.good_ct()),
        "none": samples.report(),
        "long": samples.report(long_name, samples.good_ct()),
    }
    pages = {
        name: render.render(each, "html", Options(show_values=True)) for name, each in whole.items()
    }
    split = html.write(several, folder / "split.html", Options(), Room(60, 2, 2))
    wanted = ("split", "instance-0001", "instance-0003-2", "findings-0002", "instances-0002")
    pages |= {page.stem: page.read_text() for page in split if page.stem in wanted}
    pages["left-out"] = "".join(html.chunks(several, Options(), Room(60)))
    assert len(pages) == 11
    return pages


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_and_nothing_is_too_wide(tmp_path, dark):
    scripts = (REPORT, axe(), RUN_AXE)
    pages = {name: with_script(page, *scripts) for name, page in kinds_of_pages(tmp_path).items()}
    results = in_frames(tmp_path, pages, (PHONE, DESKTOP), dark=dark)
    assert len(results) == 2 * len(pages)
    for where, result in results.items():
        assert result["violations"] == [], where
        assert "color-contrast" in result["passes"], where
        assert result["dark"] is dark, where
        assert result["overflow"] <= 0, where


def test_the_script_runs_under_the_pages_own_policy(tmp_path):
    page = tmp_path / "page.html"
    render.write(samples.mixed(10), "html", page)
    before, after = page.read_text(), dump(tmp_path, page)
    tools = re.compile(r'<div class="tools"[^>]*>')
    assert all("hidden" in each for each in tools.findall(before))
    assert any("hidden" not in each for each in tools.findall(after))


def test_data_cannot_run(tmp_path):
    evil = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
    page = tmp_path / "page.html"
    page.write_text(render.render(samples.report(samples.unreadable(evil)), "html"))
    assert "<title>Unreadable: &lt;img" in dump(tmp_path, page)


FILTER = """
addEventListener("load", () => {
  const tools = document.querySelector("[data-for='instances-table']");
  const said = () => tools.querySelector("[role=status]").textContent;
  const search = tools.querySelector("input"), select = tools.querySelector("select");
  const rows = [...document.querySelectorAll("#instances-table tr")];
  const shown = () => rows.filter((row) => row.offsetParent).map((row) => row.dataset.kind);
  search.value = "SERIES-1 im0002"; search.dispatchEvent(new Event("input"));
  const searched = [said(), shown()];
  search.value = ""; search.dispatchEvent(new Event("input"));
  select.value = "unreadable"; select.dispatchEvent(new Event("change"));
  report([searched, [said(), shown()]]);
});
"""

REVEAL = """
addEventListener("load", () => {
  const seen = () => document.getElementById("i1-f2").checkVisibility();
  const folded = () => document.querySelectorAll("details.relevant:not([open])").length;
  document.querySelectorAll("details").forEach((each) => { each.open = false; });
  const before = seen(), open = folded();
  location.hash = "#i1-f2";
  addEventListener("hashchange", () => {
    const now = seen();
    dispatchEvent(new Event("beforeprint"));
    const printing = folded();
    dispatchEvent(new Event("afterprint"));
    const tools = document.querySelector("[data-outline]");
    tools.querySelector("[data-fold=open]").click();
    const all = tools.parentElement.querySelectorAll("details:not([open])").length;
    tools.querySelector("input").click();
    const rows = [...tools.parentElement.querySelectorAll("table tbody tr")];
    const seen_rows = rows.filter((row) => row.offsetParent !== null);
    const left = new Set(seen_rows.map((row) => row.className));
    const data = {before, now, open: open > 0, printing, all, left: [...left].sort()};
    parent.postMessage({name: "reveal", width: innerWidth, data}, "*");
  });
});
"""


def test_the_filter_shows_what_is_asked_for_and_says_how_much(tmp_path):
    page = with_script(render.render(samples.mixed(20), "html"), REPORT, FILTER)
    ((searched, selected),) = in_frames(tmp_path, {"page": page}, (DESKTOP,), dark=False).values()
    assert searched == ["1 of 20 instances shown", ["fail"]]
    assert selected == ["1 of 20 instances shown", ["unreadable"]]


def test_links_and_printing_unfold_what_is_folded(tmp_path):
    report = samples.report(samples.ct(), samples.good_ct())
    page = with_script(render.render(report, "html"), REVEAL)
    (result,) = in_frames(tmp_path, {"reveal": page}, (DESKTOP,), dark=False).values()
    assert result == {
        "before": False,
        "now": True,
        "open": True,
        "printing": 0,
        "all": 0,
        "left": ["at", "fault", "fault d2", "item d1", "open"],
    }
