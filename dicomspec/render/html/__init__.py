"""The HTML report: pages that need no network, no script and no server to be read.

`chunks` gives one page, for a stream; `write` as many as the run needs; `Site` takes instances one
by one, for runs that are too large to be held in memory.
"""

from collections.abc import Iterator
from pathlib import Path

from dicomspec.render.format import Options
from dicomspec.render.html.index import Index
from dicomspec.render.html.instance import Instance, lay_out
from dicomspec.render.html.pages import Listing, Run, first_page
from dicomspec.render.html.site import ROOM, Room, Site, pages_folder, pages_there, same_page
from dicomspec.report import Report

__all__ = ["ROOM", "Room", "Run", "Site", "chunks", "pages_folder", "pages_there", "write"]


def write(report: Report, path: Path, options: Options, room: Room = ROOM) -> tuple[Path, ...]:
    """Write the report to `path`, and of a large run further pages to "<stem>-pages" beside it.

    Return the files written, `path` first. Raises OSError where one cannot be written.
    """
    site = Site(_run(report, options), path, room)
    for instance in report.instances:
        site.add(instance)
    for file in report.skipped:
        site.add(file)
    return site.close()


def chunks(report: Report, options: Options, room: Room = ROOM) -> Iterator[str]:
    """Yield the report as one page.

    A run too large for one is told with every finding of every instance, but without outlines and
    without the lists of what was not evaluated; the page says so.
    """
    instances, left_out = _on_one_page(report, options, room)
    index = Index(same_page)
    for instance in instances:
        index.add(instance)
    groups = index.groups(show_values=options.show_values)
    listing = Listing(groups, index.lines, report.skipped)
    return first_page(_run(report, options), index, listing, instances, left_out=left_out)


def _run(report: Report, options: Options) -> Run:
    return Run(report.edition, report.tool_version, options)


def _on_one_page(report: Report, options: Options, room: Room) -> tuple[list[Instance], bool]:
    instances: list[Instance] = []
    weight, left_out = 0, False
    for number, each in enumerate(report.instances, 1):
        instance = lay_out(each, number, options, room.rows)
        weight += instance.weight
        if weight > room.rows and not left_out:
            left_out = True
            instances = [earlier.without_sections() for earlier in instances]
        instances.append(instance.without_sections() if left_out else instance)
    return instances, left_out
