import subprocess
import sys

import pytest

from dicomspec import render
from dicomspec.render import FORMATS, Options
from tests.dicomspec.render import samples

TEXT_REPORT = """
import sys
from dicomspec import render
from dicomspec.report import Report
print(render.render(Report("2024c", "0.1.0"), "{name}", render.Options()))
heavy = {{"jinja2", "rich", "pydicom", "lxml", "dicomspec.render.html"}} & set(sys.modules)
assert heavy == {heavy}, heavy
"""


@pytest.mark.parametrize(
    ("name", "heavy"),
    [("text", set()), ("json", set()), ("html", {"jinja2", "dicomspec.render.html"})],
)
def test_heavy_imports_happen_where_they_are_used(name, heavy):
    heavy_set = repr(heavy) if heavy else "set()"
    program = TEXT_REPORT.format(name=name, heavy=heavy_set)
    subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_what_it_renders(tmp_path, name):
    report = samples.report(samples.ct(), samples.unreadable())
    path = tmp_path / f"out{FORMATS[name].suffix}"
    assert render.write(report, name, path) == (path,)
    assert path.read_text(encoding="utf-8") == render.render(report, name)


def test_a_format_that_is_not_there_raises():
    with pytest.raises(KeyError, match="pdf"):
        render.render(samples.report(), "pdf", Options())
