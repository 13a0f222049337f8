"""A run that is too large for one page becomes several, and nothing is lost between them."""

import os
from dataclasses import replace
from urllib.parse import unquote

import pytest

from dicomspec.render import Options, html
from dicomspec.render.html import Room, Run, Site
from dicomspec.report import Report, SkippedFile
from tests.dicomspec.render import samples
from tests.dicomspec.render.html.reading import check_markup, check_structure, only, parse, words

SMALL = Room(rows=60, groups=2, lines=4)
RUN = Run("2024c", "0.1.0", Options())


def written(path, report, room=SMALL):
    return html.write(report, path, Options(), room)


def read(path):
    return parse(path.read_text(encoding="utf-8"))


def links_of(path):
    """Return the files and ids that a page links to within the report."""
    for href in read(path).xpath("//a/@href"):
        if not href.startswith(("http", "#")):
            file, _, anchor = href.partition("#")
            yield (path.parent / unquote(file)).resolve(), anchor


def test_a_small_run_is_one_page(tmp_path):
    path = tmp_path / "out.html"
    assert html.write(samples.report(samples.ct()), path, Options()) == (path,)
    assert list(tmp_path.iterdir()) == [path]


def test_a_large_run_is_pages_named_by_numbers(tmp_path):
    path = tmp_path / "out.html"
    pages = written(path, samples.report(samples.ct("../../evil"), samples.unreadable("<x>")))
    assert [str(page.relative_to(tmp_path)) for page in pages] == [
        "out.html",
        "out-pages/instance-0001.html",
        "out-pages/instance-0001-2.html",
        "out-pages/instance-0001-3.html",
        "out-pages/instance-0001-4.html",
        "out-pages/instance-0002.html",
        "out-pages/findings-0002.html",
        "out-pages/findings-0003.html",
    ]


def test_every_page_keeps_to_the_structure_and_every_link_leads_somewhere(tmp_path):
    report = samples.mixed(12)
    skipped = tuple(SkippedFile(f"{n}.txt", "no preamble") for n in range(6))
    pages = written(tmp_path / "a run #1.html", replace(report, skipped=skipped))
    ids = {page.resolve(): set(read(page).xpath("//@id")) for page in pages}
    for page in pages:
        check_markup(read(page))
        check_structure(read(page))
        for file, anchor in links_of(page):
            assert file in ids, file
            assert not anchor or anchor in ids[file], (file, anchor)
    reached = {file for page in pages for file, _ in links_of(page)}
    assert reached == set(ids)


def test_nothing_is_lost_between_pages(tmp_path):
    report = samples.mixed(12)
    skipped = tuple(SkippedFile(f"{n}.txt", "no preamble") for n in range(6))
    pages = written(tmp_path / "out.html", replace(report, skipped=skipped))
    roots = [read(page) for page in pages]
    ids = [
        each for root in roots for each in root.xpath("//div[starts-with(@class, 'finding ')]/@id")
    ]
    assert sorted(ids) == sorted(
        f"i{number}-f{index}"
        for number, instance in enumerate(report.instances, 1)
        for index in range(1, len(instance.findings) + 1)
    )
    rows = sum(len(root.xpath("//table[@class='attributes']//th[@scope='row']")) for root in roots)
    assert rows == sum(len(m.attributes) for each in report.instances for m in each.outline)
    open_ = sum(len(root.xpath("//table[@class='open']//th[@scope='row']")) for root in roots)
    assert open_ == report.summary.not_evaluated
    lines = [words(each) for root in roots for each in root.xpath("//th[@role='rowheader']//code")]
    assert lines == [instance.path for instance in report.instances]
    groups = sum(len(root.xpath("//ol[@id='groups']/li")) for root in roots)
    assert groups == len({finding.fingerprint for finding in report.findings})
    files = [words(each) for root in roots for each in root.xpath("//ul[@class='skipped']/li")]
    assert files == [f"{n}.txt: no preamble" for n in range(6)]


def test_an_instance_page_leads_back_and_on(tmp_path):
    *_, page, _ = written(
        tmp_path / "out.html", samples.report(*[samples.good_ct()] * 3), Room(200)
    )
    assert [(words(each), each.get("href")) for each in read(page).xpath("//header//a")] == [
        ("Whole report", "../out.html"),
        ("Previous instance", "instance-0001.html"),
        ("Next instance", "instance-0003.html"),
    ]


def test_a_module_too_long_for_a_page_is_continued(tmp_path):
    _, *pages = written(tmp_path / "out.html", samples.report(samples.mr(frames=20)))
    heads = [read(page).xpath("//section[@class='outline']//h4") for page in pages]
    assert [[words(each) for each in some] for some in heads][:3] == [
        ["Patient", "MR Series", "Enhanced MR Image"],
        ["Multi-frame Functional Groups"],
        ["Multi-frame Functional Groups (continued)"],
    ]
    lines = read(pages[0]).xpath("//ul[@class='lines']//a/@href")
    assert lines[0] == "instance-0001-2.html#i1-f1"


def test_pages_of_an_earlier_run_are_removed_and_nothing_else(tmp_path):
    path = tmp_path / "out.html"
    written(path, samples.mixed(12))
    (tmp_path / "out-pages" / "notes.html").touch()
    pages = written(path, samples.report(samples.ct(), samples.ct()))
    left = set((tmp_path / "out-pages").iterdir()) - set(pages)
    assert [each.name for each in left] == ["notes.html"]
    (tmp_path / "out-pages" / "notes.html").unlink()
    written(path, samples.report(samples.unreadable()))
    assert list(tmp_path.iterdir()) == [path]


def test_an_instance_is_written_as_soon_as_the_next_is_there(tmp_path):
    site = Site(RUN, tmp_path / "out.html", SMALL)
    folder = tmp_path / "out-pages"
    site.add(samples.ct())
    assert not list(folder.glob("instance-0001*"))
    site.add(samples.good_ct())
    assert (folder / "instance-0001.html").exists()
    assert not (folder / "instance-0002.html").exists()
    site.close()
    assert (folder / "instance-0002.html").exists()


def test_many_skipped_files_and_no_instance(tmp_path):
    report = Report("2024c", "0.1.0", (), tuple(SkippedFile(f"{n}", "no") for n in range(70)))
    pages = written(tmp_path / "out.html", report)
    assert len(pages) == 1 + (70 - 4 + 3) // 4
    files = [each for page in pages for each in read(page).xpath("//ul[@class='skipped']/li")]
    assert len(files) == 70


def test_a_stream_gets_every_finding_and_is_told_what_is_left_out():
    report = samples.mixed(12)
    root = parse("".join(html.chunks(report, Options(), SMALL)))
    check_markup(root)
    check_structure(root)
    said = words(only(root, "//p[@class='aside strong']"))
    assert "the IODs of the instances and the lists of what was not evaluated are left out" in said
    assert not root.xpath("//table[@class='attributes' or @class='open']")
    for number, instance in enumerate(report.instances, 1):
        lines = only(root, f"//*[@id='i{number}']").xpath(".//ul[@class='lines']/li")
        assert len(lines) == len({finding.fingerprint for finding in instance.findings})


def test_a_run_in_which_instances_differ_is_named_by_runs_of_numbers(tmp_path):
    instances = [samples.ct() if n % 20 else samples.good_ct() for n in range(50)]
    (first, *_) = written(tmp_path / "out.html", samples.report(*instances), Room())
    runs = read(first).xpath("//p[@class='runs']")[0]
    assert words(runs) == "All by number: 2 to 20, 22 to 40, 42 to 50"
    assert runs.xpath("./a/@href")[:2] == [
        "out-pages/instance-0002.html#i2",
        "out-pages/instance-0020.html#i20",
    ]


@pytest.mark.parametrize("name", ["out.html", "a run #1 100%.html", "caf\udce9.html"])
def test_any_file_name_will_do(tmp_path, name):
    path = tmp_path / name
    pages = written(path, samples.report(samples.ct()))
    back = read(pages[1]).xpath("//header//a/@href")[0]
    assert os.fsencode(tmp_path / "out-pages" / unquote(back, errors="surrogateescape"))
    assert (pages[1].parent / unquote(back, errors="surrogateescape")).resolve() == path.resolve()
