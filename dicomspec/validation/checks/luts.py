"""Lookup tables against their descriptors (PS3.3 C.11.1.1.1, C.11.2.1.1, C.7.6.3.1.5 and others).

How it decides:
1. A descriptor has three values: the number of entries (0 for 65536), the first input value, and
   the bits of an entry. The first and the third are unsigned, whatever the VR. Another number of
   values isn't judged here.
2. The data have one byte for an entry of 8 bits, else two, and at most a byte that makes their
   length even. Where the clause asks for 16 bits in any case, two.
3. Which bits an entry may have hangs on where the table stands.
4. The descriptors of a palette say the same; that of alpha, but for the bits.
5. Segmented tables are in `segments`.
"""

from collections.abc import Iterator
from typing import Any

from dicomspec import dataset as data
from dicomspec.validation.checks import image_facts as facts
from dicomspec.validation.checks.image_facts import fault, name
from dicomspec.validation.visit import Found, ItemVisit

_DESCRIPTOR, _DATA = 0x00283002, 0x00283006
_BLENDING_DESCRIPTOR, _BLENDING_DATA = 0x00281407, 0x00281408
RED, ALPHA = 0x00281101, 0x00281104
_MODALITY, _VOI, _PRESENTATION = 0x00283000, 0x00283010, 0x20500010
_PIXELS = frozenset({facts.PIXEL_DATA, facts.FLOAT_DATA, facts.DOUBLE_DATA})
_8_OR_16, _8_TO_16, _10_TO_16 = frozenset({8, 16}), frozenset(range(8, 17)), range(10, 17)
_ANY = frozenset(range(1, 17))
# PS3.3 C.7.9, C.7.6.19
_WIDE_PALETTES = frozenset({"table_C.7-22a", "table_C.7.6.19-1"})

Bits = frozenset[int] | range


def descriptor(dataset: Any, tag: int) -> tuple[int, int, int] | None:
    """Return entries, first input value and bits of a descriptor, None if it isn't one."""
    element = data.element(dataset, tag)
    found = data.numbers(element) if element is not None else None
    if not found or len(found) != 3:
        return None
    entries, first, bits = (int(each) & 0xFFFF for each in found)
    return entries or 1 << 16, first, bits


def _of_sequence(visit: ItemVisit) -> tuple[str, Bits]:
    """Return the clause that a LUT Descriptor rests on, and the bits that it allows."""
    sequence, slot = visit.chain[-1].sequence, visit.slot(_DESCRIPTOR)
    tables = {rule.source.table for rule in slot.rules} if slot is not None else set()
    if sequence == _MODALITY:
        return "C.11.1.1.1", _8_OR_16
    if sequence == _VOI and "table_C.8-70" in tables:
        return "C.8.11.3.1.5", _10_TO_16
    if sequence == _VOI:
        images = not _PIXELS.isdisjoint(visit.chain[0].dataset.keys())
        return "C.11.2.1.1", _8_OR_16 if images else _8_TO_16
    if sequence == _PRESENTATION:
        if "table_C.11-4" in tables:
            return "C.11.4.1", _10_TO_16
        return "C.11.6.1.1", _8_TO_16
    return "C.11.1.1.1", _ANY


def lut(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report a LUT Descriptor that can't be, or LUT Data of another length."""
    said = descriptor(visit.dataset, tag)
    if said is None:
        return
    clause, allowed = _of_sequence(visit)
    if said[2] not in allowed:
        message = "The third value of {} is none that it may have here."
        yield fault(visit, "lut/descriptor", tag, f"PS3.3 {clause}", message)
        return
    if visit.chain[-1].sequence == _PRESENTATION and said[1]:
        message = "The second value of {} is not 0."
        yield fault(visit, "lut/descriptor", tag, f"PS3.3 {clause}", message)
    yield from _length(visit, (tag, _DATA), said, clause, wide=allowed is _10_TO_16)


def blending(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report a Blending Lookup Table Descriptor that can't be, or data of another length."""
    said, clause = descriptor(visit.dataset, tag), "C.7.6.23.5"
    if said is None:
        return
    wrong = "second" if said[1] else "third" if said[2] not in _8_TO_16 else ""
    if wrong:
        message = f"The {wrong} value of {{}} is none that it may have."
        yield fault(visit, "lut/descriptor", tag, f"PS3.3 {clause}", message)
    else:
        yield from _length(visit, (tag, _BLENDING_DATA), said, clause, wide=True)


def palette(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report a descriptor of a palette that can't be, or data of another length."""
    said, clause = descriptor(visit.dataset, tag), "C.7.6.3.1.5"
    if said is None:
        return
    if said[2] not in _of_palette(visit, tag):
        message = "The third value of {} is none that it may have."
        yield fault(visit, "lut/descriptor", tag, f"PS3.3 {clause}", message)
        return
    yield from _like_red(visit, tag, said)
    yield from _length(visit, (tag, tag + 0x100), said, clause, wide=False)


def _of_palette(visit: ItemVisit, tag: int) -> frozenset[int]:
    """Return the bits that an entry of a palette may have where it stands."""
    slot = visit.slot(tag)
    tables = {rule.source.table for rule in slot.rules} if slot is not None else set()
    # PS3.3 C.7.6.3.1.5: of alpha, of the Color Palette IOD, of the Modules for others
    if tag == ALPHA or visit.run.plan.iod.name == "Color Palette":
        return frozenset({8})
    return frozenset({16}) if tables and tables <= _WIDE_PALETTES else _8_OR_16


def _like_red(visit: ItemVisit, tag: int, said: tuple[int, int, int]) -> Iterator[Found]:
    red = descriptor(visit.dataset, RED)
    compared = 2 if tag == ALPHA else 3
    # PS3.3 C.7.6.3.1.5
    if red is not None and said[:compared] != red[:compared]:
        message = f"{{}} is not the same as {name(visit, RED)}."
        yield fault(visit, "lut/descriptors-differ", tag, "PS3.3 C.7.6.3.1.5", message)


def _length(
    visit: ItemVisit, tags: tuple[int, int], said: tuple[int, int, int], clause: str, *, wide: bool
) -> Iterator[Found]:
    element = data.element(visit.dataset, tags[1])
    found = data.value_length(element) if element is not None else None
    wanted = said[0] * (1 if said[2] <= 8 and not wide else 2)
    if not found or wanted <= found <= wanted + wanted % 2:
        return
    what = "shorter than" if found < wanted else "longer than"
    if found == 2 * wanted and said[2] == 8:
        what = "of 16 bits for each entry of 8, against"
    message = f"{{}} is {what} {name(visit, tags[0])} says."
    yield fault(visit, "lut/data-length", tags[1], f"PS3.3 {clause}", message)


ASKED = {
    _DESCRIPTOR: lut,
    _BLENDING_DESCRIPTOR: blending,
    **dict.fromkeys(range(RED, ALPHA + 1), palette),
}
