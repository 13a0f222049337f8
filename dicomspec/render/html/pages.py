"""The three kinds of pages: the first one, one of an instance, one on which a list goes on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from dicomspec.render.format import Options
from dicomspec.render.html.environment import environment
from dicomspec.render.html.index import Index, InstanceLine
from dicomspec.render.html.instance import Instance
from dicomspec.render.html.views import GroupView
from dicomspec.report import SkippedFile

_PIECES = 500  # of a template's output, to a chunk: a face may flush after each


@dataclass(frozen=True, slots=True)
class Run:
    """What a run is held against, and what its reader may see."""

    edition: str
    tool_version: str
    options: Options


class Neighbour(NamedTuple):
    """A link to another page, and its words."""

    href: str
    words: str


class Listing(NamedTuple):
    """A stretch of the findings told once, of the table of instances, of the files skipped.

    `base` leads from the page to the folder of the instances' pages; `further` are, by list, the
    pages on which it goes on.
    """

    groups: Sequence[GroupView] = ()
    lines: Sequence[InstanceLine] = ()
    skipped: Sequence[SkippedFile] = ()
    base: str = ""
    further: Mapping[str, Sequence[Neighbour]] = MappingProxyType({})


def first_page(
    run: Run,
    index: Index,
    listing: Listing,
    instances: Sequence[Instance] = (),
    *,
    left_out: bool = False,
) -> Iterator[str]:
    """Yield the page that opens a report.

    `instances` are those told on this very page; `left_out` says that their outlines were too many.
    """
    return _generate(
        "first.html",
        run,
        index=index,
        listing=listing,
        instances=instances,
        left_out=left_out,
    )


def listing_page(
    run: Run, title: str, listing: Listing, neighbours: Sequence[Neighbour]
) -> Iterator[str]:
    """Yield a page on which the first page's lists go on."""
    return _generate("listing.html", run, title=title, listing=listing, neighbours=neighbours)


def instance_page(
    run: Run, instance: Instance, part: int, pages: Sequence[str], neighbours: Sequence[Neighbour]
) -> Iterator[str]:
    """Yield the page of one part of an instance; `pages` are the names of all its parts."""
    return _generate(
        "instance.html", run, instance=instance, part=part, pages=pages, neighbours=neighbours
    )


def _generate(name: str, run: Run, **context: Any) -> Iterator[str]:
    template = environment().get_template(name)
    stream = template.stream(
        edition=run.edition,
        tool_version=run.tool_version,
        show_values=run.options.show_values,
        **context,
    )
    stream.enable_buffering(_PIECES)
    return stream
