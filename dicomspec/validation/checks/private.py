"""Private elements, and the Private Creators that reserve their blocks (PS3.5 7.8).

How it decides:
1. A block is reserved in the data set or Item that holds it, and in no other: Items don't inherit.
2. A Private Creator has one value, of the default repertoire, and the VR LO wherever a VR is
   encoded; or UN, by which an encoder says that it didn't know the VR (PS3.5 6.2.2). One that
   reserves nothing that is there is in order.
3. The private elements of one block are one note. Those of a block that isn't reserved are one
   error.
4. What stands within a private Sequence is its implementer's business, but for bulk.
"""

from collections import Counter, abc
from typing import Any

from dicomspec import dataset as data
from dicomspec.findings import Citation
from dicomspec.validation.checks.met import Here
from dicomspec.validation.visit import ItemVisit

# PS3.5 7.8.2: Pixel Data, Float Pixel Data, Double Float Pixel Data, Waveform Data, Overlay Data
BULK = frozenset({
    0x7FE00010, 0x7FE00008, 0x7FE00009, 0x54001010,
    *(group << 16 | 0x3000 for group in range(0x6000, 0x6020, 2)),
})  # fmt: skip
# PS3.5 7.1, 7.8.1
NOT_USED = frozenset({0x0001, 0x0003, 0x0005, 0x0007, 0xFFFF})
_CREATORS = range(0x0010, 0x0100)
_FIRST = 0x10  # block; the elements 1000 to 10FF
_VRS = frozenset({None, "LO", "UN"})
SHALL_NOT_BE_USED = "Elements of this group shall not be used."


def is_around(visit: ItemVisit) -> bool:
    """Say whether an Item is within a private Sequence."""
    return any(place.sequence >> 16 & 1 for place in visit.chain)


def of_private(here: Here, tags: list[int]) -> None:
    """Look at the elements of odd groups in an Item, Group Lengths left out."""
    # by the first six digits: of blocks, those are their Private Creator's and the block's
    pages = Counter([tag >> 8 for tag in tags])
    creators: dict[int, str | None] = {}
    blocks = []
    for page in pages:
        if page >> 8 in NOT_USED or page & 0xFF < _FIRST:
            for tag in tags:
                if tag >> 8 == page:
                    _alone(here, tag, creators)
        else:
            blocks.append(page)
    _reserved_twice(here, creators)
    for page in blocks:
        creator = page >> 8 << 16 | page & 0xFF
        if creator in creators:
            _reserved(here, creator, creators[creator], pages[page])
        else:
            # PS3.5 7.8.1
            first = min(tag for tag in tags if tag >> 8 == page)
            code, number = "attribute/private-without-creator", pages[page]
            here.meet(code, first, _unreserved, lambda: _cite(here, "7.8.1"), elements=number)


def _alone(here: Here, tag: int, creators: dict[int, str | None]) -> None:
    """Look at an element of no block, and note it if it is a Private Creator."""
    if tag >> 16 in NOT_USED:
        # PS3.5 7.1, 7.8.1
        _meet(here, "attribute/group-not-permitted", tag, SHALL_NOT_BE_USED)
    elif tag & 0xFFFF in _CREATORS:
        creators[tag] = _creator(here, tag)
    else:
        # PS3.5 7.8.1
        message = "No private element has such a number."
        _meet(here, "attribute/private-not-permitted", tag, message)


def _meet(here: Here, code: str, tag: int, message: str) -> None:
    here.meet(code, tag, message, lambda: _cite(here, "7.8.1"))


def _cite(here: Here, section: str) -> Citation:
    return here.visit.run.edition.cite_section("PS3.5", section)


def _reserved(here: Here, creator: int, text: str | None, number: int) -> None:
    """Tell the elements of a block, by its Private Creator."""
    # PS3.5 7.8
    here.meet(
        "attribute/private",
        creator,
        _of_block,
        lambda: _cite(here, "7.8"),
        apart=text,
        elements=number,
    )


def _of_block(number: int) -> str:
    elements = "private element" if number == 1 else "private elements"
    return f"{number} {elements} of the block that this Private Creator reserves."


def _unreserved(number: int) -> str:
    more = f" and {number - 1} more" if number > 1 else ""
    return f"No Private Creator reserves the block of this private element{more}."


def _creator(here: Here, tag: int) -> str | None:
    """Return the value of a Private Creator, None where it has none, having looked at it."""
    element: Any = data.element(here.visit.dataset, tag)
    # PS3.5 7.8.1: the VR of the identification code is LO
    if element.VR not in _VRS:
        _meet(here, "attribute/private-creator", tag, "A Private Creator is not encoded as LO.")
        return _text(element)
    text = _text(element)
    if data.is_empty(element):
        # PS3.5 7.8.1: its VM is 1
        _meet(here, "attribute/private-creator", tag, "A Private Creator has no value.")
    elif text is not None and "\\" in text:
        # PS3.5 7.8.1: its VM is 1
        _meet(here, "attribute/private-creator", tag, "A Private Creator has several values.")
    elif text is not None and (not text.isascii() or "\x1b" in text):
        # PS3.5 7.8.1: no other characters than those of the default repertoire
        message = "A Private Creator has characters beyond the default repertoire."
        _meet(here, "attribute/private-creator", tag, message)
    return text


def _text(element: Any) -> str | None:
    """Return the text of an element without padding, None without any, or for a Sequence."""
    value = element.value if element.VR != "SQ" else None
    if isinstance(value, bytes):
        text = value.decode("latin-1")
    elif isinstance(value, abc.Sequence) and not isinstance(value, str):
        text = "\\".join(map(str, value))
    else:
        text = "" if value is None else str(value)
    return text.strip(" \0") or None


def _reserved_twice(here: Here, creators: dict[int, str | None]) -> None:
    """Tell the Private Creators that another one of their group has the same value as."""
    if len(creators) < 2:
        return
    seen = set()
    for tag, text in creators.items():
        key = (tag >> 16, text)
        # PS3.5 7.8.1: once within a Group
        if text is not None and key in seen:
            message = "Another block of the group has the same Private Creator."
            _meet(here, "attribute/private-creator-twice", tag, message)
        seen.add(key)
