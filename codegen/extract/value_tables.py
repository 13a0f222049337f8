"""Tables of values ("Defined Term Name", "Enumerated Value", …), which stand for lists.

How it reads:
1. A table counts when its first column is titled Enumerated Value or Defined Term; its values are
   the cells of that column, rows of one cell left out.
2. Its caption begins with the Attributes and has, as "Value n", the number; any word left over is a
   condition. A table without a value is none.
"""

import re
from collections.abc import Iterator

from codegen.docbook import Section, Table, digest
from codegen.extract.conditions import Unread
from codegen.extract.names import Names, chain
from dicomspec.model import ValueList

_FIRST = re.compile(r"^(?P<kind>Enumerated Value|Defined Term)s?(?: Name)?$")
_NUMBER = re.compile(r"\bValue (?P<number>\d+)\b")
_NO_CONDITION = re.compile(
    r"\b(?:Enumerated Values?|Defined Terms?|Attribute|Values?|of|for|and)\b|[\s,]+"
)


def read_value_tables(section: Section, names: Names) -> Iterator[ValueList]:
    """Yield the lists of values that stand in a section's own tables."""
    for table in section.tables:
        match = _FIRST.match(table.header[0]) if table.header else None
        if match is not None:
            found = _read(table, names, closed=match["kind"].startswith("Enumerated"))
            if found.values:
                yield found


def _read(table: Table, names: Names, *, closed: bool) -> ValueList:
    caption = table.caption
    number = _NUMBER.search(caption)
    mentions = names.mentions(caption)
    mentions = mentions[: chain(caption, mentions)]
    left = _NUMBER.sub("", caption)
    for mention in mentions:
        left = left.replace(caption[mention.start : mention.end], "")
    rows = [row for row in table.rows if len(row.own) > 1 and row.own[0].text]
    return ValueList(
        closed=closed,
        values=tuple(row.own[0].text for row in rows),
        paragraph=table.id,
        number=int(number["number"]) if number else None,
        tags=tuple(mention.tag for mention in mentions),
        condition=Unread(table.id, digest(caption)) if _NO_CONDITION.sub("", left) else None,
    )
