"""Data sets made from an expression: one that satisfies it, one that violates it.

How it makes them:
1. A leaf that the data set decides has a few ways to be true and a few to be false; "and" is true
   by a way of each part together, false by a way of one part; "or" the other way round.
2. A way that puts what another takes away doesn't do: then the next is tried.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice, product

from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from dicomspec.edition import Edition
from dicomspec.model import condition as c
from dicomspec.validation.conditions import evaluate
from dicomspec.validation.scope import Chain, Place, number
from dicomspec.validation.verdict import Surroundings
from tests.dicomspec.validation import minimal

_TEXT = {"AE", "CS", "LO", "SH", "LT", "ST", "UT", "UC", "UR", "PN", "UI", "DA", "TM", "DT", "AS"}
_DUMMY = 0x00081140  # Referenced Image Sequence: the Sequence of the Item that holds the Attribute
_AROUND = 0x00081115  # Referenced Series Sequence: the one around it
_LIMIT = 500
_OTHERS = ("1234", "OTHER", "1", "2", "3", "0", "(0008,0008)")


class CannotError(Exception):
    """No data set can make it so: people judge, or two parts contradict each other."""


@dataclass
class World:
    """A data set with one Item in which the conditional Attribute would stand."""

    edition: Edition
    root: Dataset = field(default_factory=Dataset)
    item: Dataset = field(default_factory=Dataset)
    around: Dataset = field(default_factory=Dataset)
    within: int = _DUMMY
    position: int = 2
    enclosing: int | None = None
    of: int = 3
    iod: str = "CT Image"
    modules: dict[str, bool] = field(default_factory=dict)
    transfer_syntax_uid: str = "1.2.840.10008.1.2.1"
    tries: int = 1

    @property
    def chain(self) -> Chain:
        places = [Place(self.root)]
        if self.enclosing is not None:
            places.append(Place(self.around, None, _AROUND, self.enclosing, self.of))
        return (*places, Place(self.item, None, self.within, self.position, self.of))

    @property
    def surroundings(self) -> Surroundings:
        return Surroundings(
            self.edition.keyword,
            self.iod,
            self.transfer_syntax_uid,
            self.modules.get,
            self.edition.element,
        )

    def truth(self, expression: c.Expression) -> bool | None:
        return evaluate(expression, self.chain, self.surroundings).truth

    def home(self, ref: c.Ref, here: Dataset) -> Dataset:
        """Return where an Attribute is put that is looked for from `here`."""
        if ref.scope in {c.Scope.ROOT, c.Scope.ANYWHERE}:
            return self.root
        if ref.scope is c.Scope.ENCLOSING:
            return self.root if self.enclosing is None else self.around
        return here


Way = Callable[[World, Dataset], None]  # changes a World, seen from one of its Items


def make(expression: c.Expression, edition: Edition, *, holds: bool) -> World:
    """Return a World in which an expression is true (`holds`) or false; else CannotError."""
    for tries, way in enumerate(islice(ways(expression, want=holds), _LIMIT), start=1):
        world = World(edition, tries=tries)
        try:
            way(world, world.item)
        except CannotError:
            continue
        if world.truth(expression) is holds:
            return world
    raise CannotError


def ways(e: c.Expression, *, want: bool) -> Iterator[Way]:  # noqa: C901 - a case a node
    """Yield the ways in which an expression can be made true, or false."""
    match e:
        case c.And(of) | c.Or(of) if want is isinstance(e, c.And):
            for each in product(*(tuple(islice(ways(part, want=want), 8)) for part in of)):
                yield _all(each)
        case c.And(of) | c.Or(of):
            for part in of:
                yield from ways(part, want=want)
        case c.Not(of):
            yield from ways(of, want=not want)
        case c.SomeItem(ref, inner) | c.EveryItem(ref, inner):
            for way in ways(inner, want=want):
                yield _in_item(ref, way)
            if not want:
                yield _drops(ref)
        case c.ItemReferredTo(ref, key, by, inner):
            for way in ways(inner, want=want):
                yield _referred(ref, key, by, way)
        case _:
            yield from _of_leaf(e, want=want)


def _all(several: tuple[Way, ...]) -> Way:
    def way(world: World, here: Dataset) -> None:
        for each in several:
            each(world, here)

    return way


def _of_leaf(e: c.Expression, *, want: bool) -> Iterator[Way]:
    match e:
        case c.Present(ref) | c.HasValue(ref) | c.Absent(ref):
            there = want is not isinstance(e, c.Absent)
            yield _puts(ref, None) if there else _drops(ref)
            if not there and isinstance(e, c.HasValue):
                yield _puts(ref, "")
        case c.Is(ref, values) | c.IsNot(ref, values):
            yield from _of_values(e, ref, values, equal=want is isinstance(e, c.Is))
        case c.Compare(ref, comparison, bound):
            yield _puts(ref, _number(comparison, float(bound), want=want))
        case c.Same(left, right) | c.Different(left, right):
            equal = want is isinstance(e, c.Same)
            yield _all((_puts(left, "1"), _puts(right, "1" if equal else "2")))
        case c.ItemsNumber(ref, comparison, bound) | c.ValuesNumber(ref, comparison, bound):
            yield _counts(ref, int(float(_number(comparison, float(bound), want=want))))
        case c.HasCode(ref, codes) | c.HasNoCode(ref, codes):
            equal = want is isinstance(e, c.HasCode)
            for code in codes if equal else (c.Code("0-0", "99X"),):
                yield _codes(ref, code)
            if not want:
                yield _drops(ref)
        case _:
            yield from _of_single_values(e, want=want)


def _of_values(
    e: c.Is | c.IsNot, ref: c.Ref, values: tuple[str, ...], *, equal: bool
) -> Iterator[Way]:
    if equal:
        yield from (_puts(ref, value) for value in values)
        return
    yield _puts_other(ref, values)
    if isinstance(e, c.Is) or e.or_absent:
        yield _drops(ref)


def _of_single_values(e: c.Expression, *, want: bool) -> Iterator[Way]:
    match e:
        case c.PrivateTag() | c.TagOfVR() | c.TagNamed():
            yield _tags(e, want=want)
            if not want:
                yield _drops(e.ref)
        case c.Closed(ref, number_):
            first = list(range(int(number_)))
            yield _values(ref, [*first, 9, *first] if want else [*first, 9])
        case _:
            yield from _of_surroundings(e, want=want)


def _of_surroundings(e: c.Expression, *, want: bool) -> Iterator[Way]:
    match e:
        case c.FirstItem(enclosing) | c.LastItem(enclosing):
            end = 1 if isinstance(e, c.FirstItem) else 3
            yield _sets(**{"enclosing" if enclosing else "position": end if want else 2})
        case c.Filled() | c.BeyondDefault():
            yield _comments("\xc4" if isinstance(e, c.BeyondDefault) else "A", want=want)
        case c.Within(tags):
            yield _sets(within=number(tags[0]) if want else _DUMMY)
        case c.IODIs(names):
            yield _is_iod(names, want=want)
        case c.ModulePresent(name):
            yield lambda world, _: world.modules.update({name: want})
        case c.TransferSyntaxIs(uids):
            yield _sets(transfer_syntax_uid=uids[0] if want else "1.2.840.10008.1.2.1")
        case _:
            return  # people judge


def _sets(**values: object) -> Way:
    def way(world: World, _: Dataset) -> None:
        for name, value in values.items():
            setattr(world, name, value)

    return way


def _is_iod(names: tuple[str, ...], *, want: bool) -> Way:
    def way(world: World, _: Dataset) -> None:
        world.iod = names[0] if want else next(n for n in world.edition.iods if n not in names)

    return way


def _in_item(ref: c.Ref, inner: Way) -> Way:
    def way(world: World, here: Dataset) -> None:
        tag, home = number(ref.tag), world.home(ref, here)
        item = home[tag].value[0] if tag in home and home[tag].value else Dataset()
        home[tag] = DataElement(tag, "SQ", Sequence([item]))
        inner(world, item)

    return way


def _referred(ref: c.Ref, key: c.Ref, by: c.Ref, inner: Way) -> Way:
    def way(world: World, here: Dataset) -> None:
        item, tag = Dataset(), number(ref.tag)
        world.root[tag] = DataElement(tag, "SQ", Sequence([item]))
        inner(world, item)
        _puts(replace(key, scope=c.Scope.ITEM), "7")(world, item)
        _puts(by, "7")(world, here)

    return way


def _counts(ref: c.Ref, count: int) -> Way:
    def way(world: World, here: Dataset) -> None:
        if count < 0:
            raise CannotError
        tag = number(ref.tag)
        vr, some = minimal.value(world.edition, tag)
        one = some[0] if isinstance(some, list) else some  # of as few Values as the VM wants
        value = Sequence([Dataset() for _ in range(count)]) if vr == "SQ" else [one] * count
        world.home(ref, here)[tag] = DataElement(tag, vr, value)

    return way


def _tags(e: c.PrivateTag | c.TagOfVR | c.TagNamed, *, want: bool) -> Way:
    def meant(world: World, tag: int) -> bool:
        known = world.edition.element(tag)
        assert known is not None  # the tags are the registry's
        named = isinstance(e, c.TagNamed) and known.name.endswith(e.ending)
        return named or (isinstance(e, c.TagOfVR) and known.vr == (e.vr,))

    def way(world: World, here: Dataset) -> None:
        if want and isinstance(e, c.PrivateTag):
            value = 0x00091001
        else:
            known = (number(tag) for tag in world.edition.elements if "x" not in tag)
            value = next(tag for tag in known if meant(world, tag) is want)
        world.home(e.ref, here)[number(e.ref.tag)] = DataElement(number(e.ref.tag), "AT", value)

    return way


def _values(ref: c.Ref, values: list[int]) -> Way:
    def way(world: World, here: Dataset) -> None:
        tag = number(ref.tag)
        world.home(ref, here)[tag] = DataElement(tag, "FL", values)

    return way


def _comments(text: str, *, want: bool) -> Way:
    """Return what puts a text beside all that conditions ask for, or takes it away."""

    def way(_: World, here: Dataset) -> None:
        here.pop("PatientComments", None)
        if want:
            here.PatientComments = text

    return way


def _codes(ref: c.Ref, code: c.Code) -> Way:
    def way(world: World, here: Dataset) -> None:
        item, tag = Dataset(), number(ref.tag)
        item.CodeValue, item.CodingSchemeDesignator = code.value, code.scheme or "DCM"
        world.home(ref, here)[tag] = DataElement(tag, "SQ", Sequence([item]))

    return way


def _drops(ref: c.Ref) -> Way:
    def way(world: World, here: Dataset) -> None:
        for home in (world.home(ref, here), world.root, here):
            home.pop(number(ref.tag), None)

    return way


def _puts_other(ref: c.Ref, values: tuple[str, ...]) -> Way:
    def way(world: World, here: Dataset) -> None:
        vr, _ = minimal.value(world.edition, number(ref.tag))
        for other in _OTHERS:
            fits = other[0] == "(" if vr == "AT" else vr in _TEXT or other.isdigit()
            if fits and other not in values:
                _puts(ref, other)(world, here)
                return
        raise CannotError

    return way


def _puts(ref: c.Ref, value: str | None) -> Way:
    """Return what puts a value where it is looked for; None is any, "" is none."""

    def way(world: World, here: Dataset) -> None:
        tag, home = number(ref.tag), world.home(ref, here)
        vr, some = minimal.value(world.edition, tag)
        if value is None and tag in home and home[tag].value:
            return
        if vr == "SQ":
            home[tag] = DataElement(tag, "SQ", Sequence([Dataset()] if value != "" else []))
        elif value is None or value == "":
            home[tag] = DataElement(tag, vr, some if value is None else None)
        elif ref.number:
            home[tag] = DataElement(tag, vr, _numbered(ref, value, home, vr))
        else:
            home[tag] = DataElement(tag, vr, _typed(value, vr))

    return way


def _numbered(ref: c.Ref, value: str, home: Dataset, vr: str) -> object:
    """Return the Values that are there, with another one at a Ref's number."""
    assert ref.number  # the caller asked
    tag = number(ref.tag)
    before: list[object] = []
    if tag in home and home[tag].value is not None:
        before = list(home[tag].value) if home[tag].VM > 1 else [home[tag].value]
    filler = _typed("0" if vr in {"DS", "IS"} else "OTHER", vr)
    values = [*before, *[filler] * (ref.number - len(before))]
    values[ref.number - 1] = _typed(value, vr)
    return values if len(values) > 1 else values[0]


def _typed(value: str, vr: str) -> object:
    if vr == "AT":
        return int(value.strip("()").replace(",", ""), 16) if value.startswith("(") else 0x00080008
    if vr in _TEXT:
        return value
    try:
        return int(value) if vr not in {"FD", "FL", "DS"} else float(value)
    except ValueError:
        return 0


def _number(comparison: c.Comparison, bound: float, *, want: bool) -> str:
    above = {c.Comparison.GREATER: 1, c.Comparison.AT_LEAST: 0, c.Comparison.LESS: -1,
             c.Comparison.AT_MOST: 0, c.Comparison.EQUAL: 0, c.Comparison.UNEQUAL: 1}  # fmt: skip
    below = {c.Comparison.GREATER: 0, c.Comparison.AT_LEAST: -1, c.Comparison.LESS: 0,
             c.Comparison.AT_MOST: 1, c.Comparison.EQUAL: 1, c.Comparison.UNEQUAL: 0}  # fmt: skip
    value = bound + (above if want else below)[comparison]
    return str(int(value)) if value == int(value) else str(value)
