"""Where an Attribute that a condition names is found (SEMANTICS: Conditions, 2).

How it looks:
1. From the Item that holds the conditional Attribute outward. The first Item around whose
   definition has the Attribute is where it is looked for; where no definition says, the first that
   holds it.
2. In a Functional Group then in the other Functional Groups of the same frame, then in the shared
   ones. From a shared one, in the frames', where all frames agree.
3. Then at the root.
4. One that is looked for at any depth is the first there is in the Item, or in one that it holds.
5. An Attribute of a repeating group (60xx) is that of the conditional Attribute's own group; where
   that stands in none, it is the first there is.
"""

from collections import deque
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any, NamedTuple

from dicomspec import dataset as data
from dicomspec.model import condition as c
from dicomspec.validation.level import Level

SHARED = 0x52009229
FRAMES = (0x52009230, 0x30020101, 0x00060001)  # Per-Frame, Selected Frame, Current Frame
_GROUP_MASK = 0xFF00FFFF
_REPEATING = frozenset({0x5000, 0x6000})
_SIXTEEN = 0xFFE1  # what the numbers of sixteen even groups share
_SEQUENCES = frozenset({"SQ", None})


class Place(NamedTuple):
    """An Item (or the data set): what is asked of it, its Sequence, its number of how many.

    `group` is the repeating group that the conditional Attribute stands in, 0 for none. `kept`, if
    there is one, keeps what was found in Functional Groups: by Sequence at the root, by tag in an
    Item of them.
    """

    dataset: Any
    level: Level | None = None
    sequence: int = 0
    number: int = 0
    of: int = 0
    group: int = 0
    kept: dict[int, Any] | None = None


Chain = tuple[Place, ...]  # from the root to the Item that holds the conditional Attribute


class Found(NamedTuple):
    """An element, and the Chain of the Item that holds it.

    `frames` is what each frame has, where it is looked for from a shared Functional Group.
    """

    element: Any
    chain: Chain
    frames: tuple["Found | None", ...] = ()

    def items(self) -> list[Any]:
        """Return the Items of a Sequence, none for what isn't one or can't be followed."""
        try:
            return list(data.items(self.element) or ())
        except data.BadElement:
            return []

    def places(self, tag: int) -> Iterator[Chain]:
        """Yield the Chain of each Item."""
        items = self.items()
        for number, item in enumerate(items, start=1):
            yield (*self.chain, Place(item, None, tag, number, len(items)))


@lru_cache(maxsize=8192)
def number(tag: str) -> int:
    """Return a printed tag as a number, x as 0."""
    return int((tag[1:5] + tag[6:10]).replace("x", "0"), 16)


def find(ref: c.Ref, chain: Chain) -> Found | None:
    """Return where a Ref is found, None if it is absent."""
    if "x" not in ref.tag:
        return _find(number(ref.tag), ref, chain)
    found = (_find(tag, ref, chain) for tag in _tags(ref, chain))
    return next((each for each in found if each is not None), None)


def _tags(ref: c.Ref, chain: Chain) -> list[int]:
    """Return the tags that a Ref to a repeating group may mean here (PS3.5 7.6)."""
    tag = number(ref.tag)
    if chain[-1].group:
        return [chain[-1].group << 16 | tag & 0xFFFF]
    there = {each for place in chain for each in place.dataset.keys()}  # noqa: SIM118
    return sorted(each for each in there if base_tag(each) == tag)


def base_tag(tag: int) -> int:
    """Return the tag by which a repeating group is known: 0x60020010 → 0x60000010 (PS3.5 7.6)."""
    return tag & _GROUP_MASK if is_repeating(tag) else int(tag)


def base_tags(tags: AbstractSet[int]) -> frozenset[int]:
    """Return tags, those of repeating groups as of the first group."""
    repeating = frozenset(filter(is_repeating, tags))
    return repeating.symmetric_difference(tags).union(map(base_tag, repeating))


def is_repeating(tag: int) -> bool:
    """Say whether a tag is of a repeating group: 5000 to 501E or 6000 to 601E, even (PS3.5 7.6)."""
    return tag >> 16 & _SIXTEEN in _REPEATING


def _find(tag: int, ref: c.Ref, chain: Chain) -> Found | None:
    if ref.scope is c.Scope.ITEM:
        return _in(tag, chain)
    if ref.scope is c.Scope.ENCLOSING:
        return _in(tag, chain[:-1]) if len(chain) > 1 else None
    if ref.scope is c.Scope.ROOT:
        return _in(tag, chain[:1])
    if ref.scope is c.Scope.INSIDE:
        return next(_inside(tag, chain), None)
    if ref.scope is c.Scope.ANYWHERE:
        return _in(tag, chain[:1]) or next(_in_groups(tag, chain[0]), None)
    return _nearest(tag, chain)


def _in(tag: int, chain: Chain) -> Found | None:
    element = data.element(chain[-1].dataset, tag)
    if element is None:
        return None
    return Found(element, chain)


def _inside(tag: int, chain: Chain) -> Iterator[Found]:
    """Yield the elements of a tag in an Item and in all that it holds, the outer ones first."""
    waiting = deque([chain])
    while waiting:
        here = waiting.popleft()
        if found := _in(tag, here):
            yield found
        for sequence, element in data.each(here[-1].dataset):
            if data.vr(element) in _SEQUENCES:
                waiting.extend(Found(element, here).places(sequence))


def _nearest(tag: int, chain: Chain) -> Found | None:
    for depth in range(len(chain), 1, -1):
        place = chain[depth - 1]
        if tag in place.dataset.keys():  # noqa: SIM118 - as above
            return _in(tag, chain[:depth])
        if place.level is not None and tag in place.level.slots:
            return None  # this is where it would stand
    return _in_frame(tag, chain) or _in(tag, chain[:1])


def _in_frame(tag: int, chain: Chain) -> Found | None:
    """Look in the other Functional Groups of a Chain's frame, and in the shared ones."""
    if len(chain) < 2:
        return None
    group = chain[1]
    if group.sequence in FRAMES:
        return _in_group(tag, chain[:2]) or _in_shared(tag, chain[0])
    if group.sequence == SHARED:
        return _in_group(tag, chain[:2]) or _agreed(tag, chain[0])
    return None


def _in_group(tag: int, chain: Chain) -> Found | None:
    """Look in one Item of Functional Groups: at its Sequences, and in the Items of these."""
    kept = chain[-1].kept
    if kept is None:
        return _indexed(chain).get(tag)
    if not kept:
        kept.update(_indexed(chain))
    found: Found | None = kept.get(tag)
    return found


def _indexed(chain: Chain) -> dict[int, Found]:
    """Return what an Item of Functional Groups has by tag: itself first, then its Sequences."""
    dataset = chain[-1].dataset
    index = {tag: Found(element, chain) for tag, element in data.each(dataset)}
    for sequence, element in data.each(dataset):
        if data.vr(element) not in _SEQUENCES:
            continue
        items = Found(element, chain).items()
        for n, item in enumerate(items, start=1):
            inner = (*chain, Place(item, None, sequence, n, len(items)))
            for tag, each in data.each(item):
                index.setdefault(tag, Found(each, inner))
    return index


def _in_shared(tag: int, root: Place) -> Found | None:
    return next(
        (found for chain in _groups(root, SHARED) if (found := _in_group(tag, chain))), None
    )


def _agreed(tag: int, root: Place) -> Found | None:
    """Return what the frames have; None where none of them has it."""
    found = [_in_group(tag, chain) for sequence in FRAMES for chain in _groups(root, sequence)]
    first = next((each for each in found if each is not None), None)
    return None if first is None else Found(first.element, first.chain, tuple(found))


def _in_groups(tag: int, root: Place) -> Iterator[Found]:
    for sequence in (SHARED, *FRAMES):
        for chain in _groups(root, sequence):
            if found := _in_group(tag, chain):
                yield found


def _groups(root: Place, sequence: int) -> Iterator[Chain]:
    """Yield the Chain of each Item of Functional Groups in a Sequence at the root."""
    if root.kept is None:
        yield from _of_groups(root, sequence)
        return
    if sequence not in root.kept:
        root.kept[sequence] = [
            (*chain[:-1], chain[-1]._replace(kept={})) for chain in _of_groups(root, sequence)
        ]
    yield from root.kept[sequence]


def _of_groups(root: Place, sequence: int) -> Iterator[Chain]:
    if sequence in root.dataset:
        element = data.element(root.dataset, sequence)
        yield from Found(element, (root,)).places(sequence)
