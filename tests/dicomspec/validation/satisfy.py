"""Data sets made from an expression: one that satisfies it, one that violates it."""

from dataclasses import dataclass, field, replace

from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from dicomspec.edition import Edition
from dicomspec.model import condition as c
from dicomspec.validation.conditions import Surroundings
from dicomspec.validation.scope import Chain, Place, number
from tests.dicomspec.validation import minimal

_TEXT = {"AE", "CS", "LO", "SH", "LT", "ST", "UT", "UC", "UR", "PN", "UI", "DA", "TM", "DT", "AS"}
_DUMMY = 0x00081140  # Referenced Image Sequence: the Sequence of the Item that holds the Attribute
_GROUPS = {"SharedFunctionalGroupsSequence": 0x52009229}


class CannotError(Exception):
    """No data set can make it so: people judge, or two parts contradict each other."""


@dataclass
class World:
    """A data set with one Item in which the conditional Attribute would stand."""

    edition: Edition
    root: Dataset = field(default_factory=Dataset)
    item: Dataset = field(default_factory=Dataset)
    within: int = _DUMMY
    position: int = 2
    enclosing: int | None = None
    of: int = 3
    iod: str = "CT Image"
    modules: dict[str, bool] = field(default_factory=dict)
    transfer_syntax_uid: str = "1.2.840.10008.1.2.1"

    def chain(self) -> Chain:
        places = [Place(self.root)]
        if self.enclosing is not None:
            places.append(Place(Dataset(), None, 0x00081115, self.enclosing, 3))
        return (*places, Place(self.item, None, self.within, self.position, self.of))

    def around(self) -> Surroundings:
        return Surroundings(
            self.edition.keyword, self.iod, self.transfer_syntax_uid, self.modules.get
        )


def make(expression: c.Expression, edition: Edition, *, holds: bool) -> World:
    """Return a World in which an expression is true (`holds`) or false; else CannotError."""
    world = World(edition)
    _make(expression, world, world.item, want=holds)
    return world


def _home(ref: c.Ref, world: World, here: Dataset) -> Dataset:
    return world.root if ref.scope in {c.Scope.ROOT, c.Scope.ANYWHERE, c.Scope.ENCLOSING} else here


def _put(ref: c.Ref, value: str | None, world: World, here: Dataset) -> None:
    tag, home = number(ref.tag), _home(ref, world, here)
    vr, some = minimal.value(world.edition, tag)
    if vr == "SQ":
        home[tag] = DataElement(tag, "SQ", Sequence([Dataset()]))
        return
    if value is None:
        home[tag] = DataElement(tag, vr, some)
        return
    before: list[object] = []
    if tag in home and ref.number:
        old = home[tag].value
        before = list(old) if home[tag].VM > 1 else [old]
    typed = _typed(value, vr)
    if ref.number:
        filler = _typed("0" if vr in {"DS", "IS"} else "OTHER", vr)
        values = [*before, *[filler] * (ref.number - len(before))]
        values[ref.number - 1] = typed
        home[tag] = DataElement(tag, vr, values if len(values) > 1 else values[0])
    else:
        home[tag] = DataElement(tag, vr, typed)


def _typed(value: str, vr: str) -> object:
    if vr == "AT":
        return int(value.strip("()").replace(",", ""), 16) if value.startswith("(") else 0x00080008
    if vr in _TEXT:
        return value
    try:
        return int(value) if vr not in {"FD", "FL", "DS"} else float(value)
    except ValueError:
        return 0


def _drop(ref: c.Ref, world: World, here: Dataset) -> None:
    for home in (_home(ref, world, here), world.root, here):
        if number(ref.tag) in home:
            del home[number(ref.tag)]


def _other(values: tuple[str, ...], vr: str) -> str:
    for candidate in ("1234", "OTHER", "1", "2", "3", "0", "(0008,0008)"):
        if candidate not in values and (vr in _TEXT or candidate[:1] == "(" or candidate.isdigit()):
            return candidate
    raise CannotError


def _make(  # noqa: C901, PLR0912, PLR0915 - a case a node
    e: c.Expression, w: World, here: Dataset, *, want: bool
) -> None:
    match e:
        case c.And(of):
            if want:
                for part in of:
                    _make(part, w, here, want=True)
            else:
                _first(of, w, here, want=False)
        case c.Or(of):
            if want:
                _first(of, w, here, want=True)
            else:
                for part in of:
                    _make(part, w, here, want=False)
        case c.Not(of):
            _make(of, w, here, want=not want)
        case c.Present(ref) | c.HasValue(ref):
            _put(ref, None, w, here) if want else _drop(ref, w, here)
        case c.Absent(ref):
            _drop(ref, w, here) if want else _put(ref, None, w, here)
        case c.Is(ref, values) | c.IsNot(ref, values):
            vr, _ = minimal.value(w.edition, number(ref.tag))
            equal = want is isinstance(e, c.Is)
            _put(ref, values[0] if equal else _other(values, vr), w, here)
        case c.Compare(ref, comparison, bound):
            _put(ref, _number(comparison, float(bound), want=want), w, here)
        case c.Same(left, right) | c.Different(left, right):
            equal = want is isinstance(e, c.Same)
            _put(left, "1", w, here)
            _put(right, "1" if equal else "2", w, here)
        case c.ItemsNumber(ref, comparison, bound):
            count = int(float(_number(comparison, float(bound), want=want)))
            if count < 0:
                raise CannotError
            tag = number(ref.tag)
            _home(ref, w, here)[tag] = DataElement(
                tag, "SQ", Sequence([Dataset() for _ in range(count)])
            )
        case c.ValuesNumber(ref, comparison, bound):
            count = int(float(_number(comparison, float(bound), want=want)))
            tag = number(ref.tag)
            vr, some = minimal.value(w.edition, tag)
            _home(ref, w, here)[tag] = DataElement(tag, vr, [some] * count)
        case c.HasCode(ref, codes) | c.HasNoCode(ref, codes):
            item = Dataset()
            code = codes[0] if want is isinstance(e, c.HasCode) else c.Code("0-0", "99X")
            item.CodeValue, item.CodingSchemeDesignator = code.value, code.scheme or "DCM"
            tag = number(ref.tag)
            _home(ref, w, here)[tag] = DataElement(tag, "SQ", Sequence([item]))
        case c.SomeItem(ref, inner) | c.EveryItem(ref, inner):
            tag, home = number(ref.tag), _home(ref, w, here)
            item = home[tag].value[0] if tag in home and home[tag].value else Dataset()
            home[tag] = DataElement(tag, "SQ", Sequence([item]))
            _make(inner, w, item, want=want)
        case c.ItemReferredTo(ref, key, by, inner):
            item = Dataset()
            _put(replace(key, scope=c.Scope.ITEM), "7", w, item)
            _put(by, "7", w, here)
            tag = number(ref.tag)
            w.root[tag] = DataElement(tag, "SQ", Sequence([item]))
            _make(inner, w, item, want=want)
        case c.FirstItem(enclosing):
            _place(w, 1 if want else 2, enclosing=enclosing)
        case c.LastItem(enclosing):
            _place(w, 3 if want else 2, enclosing=enclosing)
        case c.Within(tags):
            w.within = number(tags[0]) if want else _DUMMY
        case c.IODIs(names):
            w.iod = names[0] if want else next(n for n in w.edition.iods if n not in names)
        case c.ModulePresent(name):
            w.modules[name] = want
        case c.TransferSyntaxIs(uids):
            w.transfer_syntax_uid = uids[0] if want else "1.2.840.10008.1.2.1"
        case _:
            raise CannotError


def _place(world: World, position: int, *, enclosing: bool) -> None:
    if enclosing:
        world.enclosing = position
    else:
        world.position = position


def _first(parts: tuple[c.Expression, ...], world: World, here: Dataset, *, want: bool) -> None:
    for part in parts:
        try:
            _make(part, world, here, want=want)
        except CannotError:
            continue
        return
    raise CannotError


def _number(comparison: c.Comparison, bound: float, *, want: bool) -> str:
    above = {c.Comparison.GREATER: 1, c.Comparison.AT_LEAST: 0, c.Comparison.LESS: -1,
             c.Comparison.AT_MOST: 0, c.Comparison.EQUAL: 0, c.Comparison.UNEQUAL: 1}  # fmt: skip
    below = {c.Comparison.GREATER: 0, c.Comparison.AT_LEAST: -1, c.Comparison.LESS: 0,
             c.Comparison.AT_MOST: 1, c.Comparison.EQUAL: 1, c.Comparison.UNEQUAL: 0}  # fmt: skip
    value = bound + (above if want else below)[comparison]
    return str(int(value)) if value == int(value) else str(value)
