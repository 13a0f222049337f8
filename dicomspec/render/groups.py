"""The same finding in many Items or instances, told once.

How it decides:
1. Findings with one fingerprint are one Group; the first of them speaks for all.
2. Of some codes only the message says what the fault is; there it has to be the same too, but for
   its numbers: "ends at byte 12" is the fault of "ends at byte 90".
3. Where the places differ only in Item numbers, a number that differs is shown as "*": "A[*].B".
4. Groups stand gravest first, then those in most instances, then as they were first found.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dicomspec.catalogue import Severity
from dicomspec.findings import Finding

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
SAMPLES = 3
_DIFFERS = 0  # Items count from one
_TOLD_BY_MESSAGE = frozenset({"instance/unreadable", "internal/check-crashed"})
_NUMBER = re.compile(r"[0-9A-F,]*[0-9][0-9A-F,]*")


def key(finding: Finding) -> str:
    """Return what the findings of one Group share."""
    if finding.code not in _TOLD_BY_MESSAGE:
        return finding.fingerprint
    return f"{finding.fingerprint} {_NUMBER.sub('#', finding.message)}"


@dataclass(slots=True)
class Group:
    """Findings of one key: the first, how many, and their instances' numbers (from one).

    `samples` are the first places: an instance's number, and the Item numbers there.
    """

    first: Finding
    places: int = 0
    instances: list[int] = field(default_factory=list)
    items: list[int | None] = field(default_factory=list)
    samples: list[tuple[int, list[int | None]]] = field(default_factory=list)

    def add(self, finding: Finding, instance: int) -> None:
        """Count one more finding of this key; instances come in ascending order."""
        self.places += 1
        if len(self.samples) < SAMPLES:
            self.samples.append((instance, [step.item for step in finding.location.steps]))
        if not self.instances or self.instances[-1] != instance:
            self.instances.append(instance)
        self._merge([step.item for step in finding.location.steps])

    def _merge(self, items: list[int | None]) -> None:
        if self.places == 1:
            self.items = items
        elif items != self.items:
            pairs = zip(self.items, items, strict=False)
            self.items = [ours if ours == other else _DIFFERS for ours, other in pairs]

    @property
    def firsts(self) -> list[tuple[int, str]]:
        """The first places: an instance's number, and the Item numbers in which places differ."""
        return [(instance, self._differing(items)) for instance, items in self.samples]

    def _differing(self, items: list[int | None]) -> str:
        pairs = zip(self.items, items, strict=False)
        return ".".join(str(own) for common, own in pairs if common == _DIFFERS)

    @property
    def keywords(self) -> str:
        """The path as keywords, "*" where Item numbers differ."""
        return self._path(step.keyword for step in self.first.location.steps)

    @property
    def path(self) -> str:
        """The path as tags, "*" where Item numbers differ."""
        return self._path(step.tag for step in self.first.location.steps)

    def _path(self, names: Iterable[str]) -> str:
        return ".".join(map(_numbered, names, self.items))


def _numbered(name: str, item: int | None) -> str:
    if item is None:
        return name
    return f"{name}[*]" if item == _DIFFERS else f"{name}[{item}]"


class Groups:
    """Groups by key, filled one finding after the other."""

    def __init__(self) -> None:
        self._by_key: dict[str, Group] = {}

    def add(self, finding: Finding, instance: int = 1) -> Group:
        """Return the Group that the finding was counted in."""
        group = self._by_key.setdefault(key(finding), Group(finding))
        group.add(finding, instance)
        return group

    def __iter__(self) -> Iterator[Group]:
        return iter(sorted(self._by_key.values(), key=_gravity))

    def __len__(self) -> int:
        return len(self._by_key)


def _gravity(group: Group) -> tuple[int, int]:
    return (_ORDER[group.first.severity], -len(group.instances))
