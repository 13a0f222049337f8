"""Small DocBook made up for the tests: our own words, in the standard's forms.

In a cell, "[sect_X]" or "[table_X]" becomes a cross-reference, "[sect_CID_2]" one into another
Part; "* A, B" a list of values, titled by what stands before the "*".
"""

import re
from itertools import count

from codegen.docbook import Book
from codegen.source import parse

_HEAD = (
    '<book xmlns="http://docbook.org/ns/docbook" xmlns:xl="http://www.w3.org/1999/xlink"'
    ' xml:id="PS3.3">'
)
_REFERENCE = re.compile(r"\[((?:sect|table|chapter)_[^\]]+)\]")
_OTHER_PART = re.compile(r"sect_[CT]ID_")

Cell = str | tuple[str, ...]


def escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _REFERENCE.sub(_reference, text)


def _reference(match: re.Match[str]) -> str:
    if _OTHER_PART.match(match[1]):
        return f'<olink targetdoc="PS3.16" targetptr="{match[1]}"/>'
    return f'<xref linkend="{match[1]}"/>'


class Maker:
    """Makes paragraphs, lists, tables and sections; paragraphs are numbered p1, p2, …"""

    def __init__(self) -> None:
        self._numbers = count(1)

    def para(self, text: str) -> str:
        return f'<para xml:id="p{next(self._numbers)}">{escaped(text)}</para>'

    def values(self, title: str, *terms: str) -> str:
        entries = "".join(
            f"<varlistentry><term>{escaped(term)}</term>"
            f"<listitem>{self.para('made up')}</listitem></varlistentry>"
            for term in terms
        )
        head = f"<title>{escaped(title)}</title>" if title else ""
        return f"<variablelist>{head}{entries}</variablelist>"

    def note(self, text: str) -> str:
        return f"<note>{self.para(text)}</note>"

    def block(self, text: str) -> str:
        title, star, terms = text.partition("*")
        if star:
            return self.values(title.strip(), *(term.strip() for term in terms.split(",")))
        return self.note(text[5:].strip()) if text.startswith("Note:") else self.para(text)

    def cell(self, content: Cell, kind: str = "td", **spans: int) -> str:
        blocks = (content,) if isinstance(content, str) else content
        inner = "".join(self.block(block) for block in blocks)
        attributes = "".join(f' {name}="{number}"' for name, number in spans.items())
        return f"<{kind}{attributes}>{inner}</{kind}>"

    def row(self, *cells: Cell) -> str:
        return "<tr>" + "".join(self.cell(cell) for cell in cells) + "</tr>"

    def table(self, name: str, caption: str, header: tuple[str, ...], *rows: str) -> str:
        head = "".join(self.cell(title, "th") for title in header)
        return (
            f'<table xml:id="{name}"><caption>{escaped(caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        )

    def attributes(self, name: str, caption: str, *rows: tuple[Cell, ...]) -> str:
        header = ("Attribute Name", "Tag", "Type", "Attribute Description")
        return self.table(name, caption, header, *(self.row(*row) for row in rows))

    def section(self, name: str, title: str, *inner: str) -> str:
        return f'<section xml:id="{name}"><title>{escaped(title)}</title>{"".join(inner)}</section>'

    def chapter(self, name: str, *inner: str) -> str:
        return f'<chapter xml:id="{name}"><title>Made up</title>{"".join(inner)}</chapter>'


def book(*chapters: str) -> Book:
    """Return chapters as a Part."""
    return Book(parse((_HEAD + "".join(chapters) + "</book>").encode(), "made up"))
