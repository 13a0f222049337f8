"""What an expression asks of one Attribute → a truth, with reasons; and the table of all that ask.

How it decides:
1. A truth is True, False or None (unknown), with the elements that decided it.
2. A value that can't be decoded is unknown; so is a code of a retired SNOMED scheme held against
   one of SCT.
3. A value that is a tag is looked up in the edition's registry; one that isn't there is unknown.
4. Where an Attribute is looked for from a shared Functional Group in the frames', it is asked of
   each: where they don't come to the same, it is unknown.
"""

import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from dicomspec import dataset as data
from dicomspec.model import DataElement
from dicomspec.model import condition as c
from dicomspec.validation.item_predicates import ITEM_PREDICATES
from dicomspec.validation.scope import Chain, Found, find, number
from dicomspec.validation.verdict import Evaluator, Reason, Surroundings, Truth, Verdict

_RETIRED_SNOMED = frozenset({"SRT", "SNM3", "99SDM"})
Values = tuple[str, ...] | None


def look(ref: c.Ref, chain: Chain, around: Surroundings) -> tuple[Found | None, Values]:
    """Return where a Ref is found, and its values; what is seen from the root is looked up once."""
    if len(chain) > 1 or chain[0].group:
        found = find(ref, chain)
        return found, values_of(ref, found)
    seen = around.seen.get(ref)
    if seen is None:
        found = find(ref, chain)
        seen = (found, values_of(ref, found))
        around.seen[ref] = seen
    return seen


def values_of(ref: c.Ref, found: Found | None) -> Values:
    """Return the values meant by a Ref, None if they can't be decoded, or frames disagree."""
    if found is None:
        return ()
    if found.frames:
        every = {values_of(ref, each) for each in found.frames}
        return every.pop() if len(every) == 1 else None
    values = data.strings(found.element)
    if values is None or not ref.number:
        return values
    return values[ref.number - 1 : ref.number]


def by_values(ask: Callable[[Any, Found | None, Values], Verdict]) -> Evaluator:
    """Return what asks an Attribute's values, of each frame where frames have to agree."""

    def evaluator(e: Any, chain: Chain, around: Surroundings) -> Verdict:
        found, values = look(e.ref, chain, around)
        if found is None or not found.frames:
            return ask(e, found, values)
        return _agreed(e.ref, [ask(e, each, values_of(e.ref, each)) for each in found.frames])

    return evaluator


def by_element(ask: Callable[[Any, Found | None, Surroundings], Verdict]) -> Evaluator:
    """Return what asks an Attribute's element, of each frame where frames have to agree."""

    def evaluator(e: Any, chain: Chain, around: Surroundings) -> Verdict:
        found = find(e.ref, chain)
        if found is None or not found.frames:
            return ask(e, found, around)
        return _agreed(e.ref, [ask(e, each, around) for each in found.frames])

    return evaluator


def _agreed(ref: c.Ref, verdicts: list[Verdict]) -> Verdict:
    if all(verdict.truth is verdicts[0].truth for verdict in verdicts):
        return verdicts[0]
    return Verdict(None, (Reason("differs from frame to frame", ref),))


def _present(e: c.Present | c.Absent, found: Found | None, values: Values) -> Verdict:
    if e.ref.number and values is None:
        return Verdict(None, (Reason("can't be decoded", e.ref),))
    there = bool(values) if e.ref.number else found is not None
    reasons = (Reason("is present" if there else "is absent", e.ref),)
    return Verdict(there is isinstance(e, c.Present), reasons)


def _has_value(e: c.HasValue, found: Found | None, _: Surroundings) -> Verdict:
    if found is None:
        return Verdict(truth=False, reasons=(Reason("is absent", e.ref),))
    values = values_of(e.ref, found) if e.ref.number else None
    if e.ref.number and values is None:
        return Verdict(None, (Reason("can't be decoded", e.ref),))
    empty = data.is_empty(found.element) if values is None else not any(values)
    return Verdict(not empty, (Reason("has no value" if empty else "has a value", e.ref),))


def _is(e: c.Is | c.IsNot, found: Found | None, values: Values) -> Verdict:
    negated = isinstance(e, c.IsNot)
    if values is None:
        return Verdict(None, (Reason("can't be decoded", e.ref),))
    given = [value for value in values if value]
    if not given:
        what = "is absent" if found is None else "has no value"
        return Verdict(negated and getattr(e, "or_absent", False), (Reason(what, e.ref),))
    met = tuple(each for each in e.values if any(equal_values(value, each) for value in given))
    reason = Reason("is", e.ref, met) if met else Reason("is not", e.ref, e.values)
    return Verdict(bool(met) is not negated, (reason,))


def equal_values(value: str, wanted: str) -> bool:
    """Say whether a value is the one that is wanted, as text or as a number."""
    if value == wanted:
        return True
    if wanted[:1].isalpha():
        return False
    left, right = _float(value), _float(wanted)
    return left is not None and left == right and not _coded(value) and not _coded(wanted)


def _coded(value: str) -> bool:
    """Say whether digits stand for a code ("01"), not for a number."""
    return len(value) > 1 and value[0] == "0" and value.isdigit()


def _float(value: str) -> float | None:
    try:
        number_ = float(value)
    except ValueError:
        return None
    return number_ if isfinite(number_) and "_" not in value else None


_COMPARISONS: Mapping[c.Comparison, Callable[[float, float], bool]] = {
    c.Comparison.EQUAL: lambda left, right: left == right,
    c.Comparison.UNEQUAL: lambda left, right: left != right,
    c.Comparison.GREATER: lambda left, right: left > right,
    c.Comparison.LESS: lambda left, right: left < right,
    c.Comparison.AT_LEAST: lambda left, right: left >= right,
    c.Comparison.AT_MOST: lambda left, right: left <= right,
}


def _compare(e: c.Compare, _: Found | None, values: Values) -> Verdict:
    numbers = [_float(value) for value in values or () if value]
    if values is None or any(each is None for each in numbers):
        return Verdict(None, (Reason("is not a number", e.ref),))
    if not numbers:
        return Verdict(truth=False, reasons=(Reason("is absent or has no value", e.ref),))
    holds = any(_COMPARISONS[e.comparison](each or 0.0, float(e.number)) for each in numbers)
    said = "" if holds is not (e.comparison is c.Comparison.UNEQUAL) else " not"
    what = e.comparison.value.removeprefix("is").removeprefix(" not")
    return Verdict(holds, (Reason(f"is{said}{what} {e.number}", e.ref),))


def _same(e: c.Same | c.Different, chain: Chain, around: Surroundings) -> Verdict:
    sides = []
    for ref in (e.left, e.right):
        values = values_of(ref, find(ref, chain))
        if values is None:
            return Verdict(None, (Reason("can't be decoded", ref),))
        if not any(values):
            return Verdict(truth=False, reasons=(Reason("is absent or has no value", ref),))
        sides.append(values)
    equal = len(sides[0]) == len(sides[1]) and all(map(equal_values, *sides))
    what = f"{'equals' if equal else 'differs from'} {around.keyword(number(e.right.tag))}"
    return Verdict(equal is isinstance(e, c.Same), (Reason(what, e.left),))


def _closed(e: c.Closed, _: Found | None, values: Values) -> Verdict:
    size = int(e.number)
    if values is None:
        return Verdict(None, (Reason("can't be decoded", e.ref),))
    closed = len(values) > size and all(map(equal_values, values[:size], values[-size:]))
    what = "ends where it begins" if closed else "does not end where it begins"
    return Verdict(closed, (Reason(what, e.ref),))


_ASKED_OF_TAG: Mapping[type, Callable[[Any, int, DataElement | None], Truth]] = {
    # PS3.5 7.8: the group of a private Attribute is odd
    c.PrivateTag: lambda _, tag, __: bool(tag >> 16 & 1),
    c.TagOfVR: lambda e, _, known: (
        None if known is None or len(known.vr) != 1 else known.vr == (e.vr,)
    ),
    c.TagNamed: lambda e, _, known: None if known is None else known.name.endswith(e.ending),
}
_TAG = re.compile(r"\([0-9A-F]{4},[0-9A-F]{4}\)")
_SAID = {True: "is the tag of", False: "is not the tag of", None: "may be the tag of"}


def _tag(e: c.PrivateTag | c.TagOfVR | c.TagNamed, chain: Chain, around: Surroundings) -> Verdict:
    found, values = look(e.ref, chain, around)
    given = [value for value in values or () if value]
    if values is None or not all(map(_TAG.fullmatch, given)):
        return Verdict(None, (Reason("can't be decoded", e.ref),))
    if not given:
        what = "is absent" if found is None else "has no value"
        return Verdict(truth=False, reasons=(Reason(what, e.ref),))
    tags = map(number, given)
    truths = {_ASKED_OF_TAG[type(e)](e, tag, around.element(tag)) for tag in tags}
    truth: Truth = True if True in truths else None if None in truths else False
    return Verdict(truth, (Reason(f"{_SAID[truth]} {_kind(e)}", e.ref),))


def _kind(e: c.PrivateTag | c.TagOfVR | c.TagNamed) -> str:
    if isinstance(e, c.PrivateTag):
        return "a private Attribute"
    return f"one of VR {e.vr}" if isinstance(e, c.TagOfVR) else f"a {e.ending}"


def _counted(e: c.ItemsNumber | c.ValuesNumber, found: Found | None, _: Surroundings) -> Verdict:
    if found is None:
        count = 0
    elif isinstance(e, c.ItemsNumber):
        count = len(found.items())
    else:
        values = data.strings(found.element)
        if values is None:
            return Verdict(None, (Reason("can't be decoded", e.ref),))
        count = len(values)
    unit = "Items" if isinstance(e, c.ItemsNumber) else "Values"
    holds = _COMPARISONS[e.comparison](count, float(e.number))
    return Verdict(holds, (Reason(f"has {count} {unit}", e.ref),))


def _code(e: c.HasCode | c.HasNoCode, found: Found | None, _: Surroundings) -> Verdict:
    items = found.items() if found is not None else []
    if not items:
        return Verdict(truth=False, reasons=(Reason("has no Items", e.ref),))
    truths = {code: {_matches(item, code) for item in items} for code in e.codes}
    has, may_have = ([code for code in truths if is_ in truths[code]] for is_ in (True, None))
    truth: Truth = True if has else None if may_have else False
    what = "has" if truth else "has not" if truth is False else "may have"
    meant = " or ".join(code.meaning or code.value for code in has or may_have or e.codes)
    reasons = (Reason(f"{what} the code {meant}", e.ref),)
    if truth is None or isinstance(e, c.HasCode):
        return Verdict(truth, reasons)
    return Verdict(not truth, reasons)


def _matches(item: Any, code: c.Code) -> Truth:
    values = [_first(item, tag) for tag in (0x00080100, 0x00080119, 0x00080120)]
    scheme = _first(item, 0x00080102)
    if code.value in values:
        return not code.scheme or scheme == code.scheme
    return None if code.scheme == "SCT" and scheme in _RETIRED_SNOMED else False


def _first(item: Any, tag: int) -> str:
    if tag not in item:
        return ""
    values = data.strings(item.get_item(tag, keep_deferred=True))
    return values[0] if values else ""


PREDICATES: Mapping[type, Evaluator] = {
    c.Present: by_values(_present),
    c.Absent: by_values(_present),
    c.HasValue: by_element(_has_value),
    c.Is: by_values(_is),
    c.IsNot: by_values(_is),
    c.Compare: by_values(_compare),
    c.Same: _same,
    c.Different: _same,
    c.Closed: by_values(_closed),
    c.PrivateTag: _tag,
    c.TagOfVR: _tag,
    c.TagNamed: _tag,
    c.ItemsNumber: by_element(_counted),
    c.ValuesNumber: by_element(_counted),
    c.HasCode: by_element(_code),
    c.HasNoCode: by_element(_code),
    **ITEM_PREDICATES,
    c.Judgement: lambda e, _, __: Verdict(None, (Reason("people judge:", None, (e.what,)),)),
    c.Unparsed: lambda e, _, __: Verdict(None, (Reason("not read:", None, (e.paragraph,)),)),
}
