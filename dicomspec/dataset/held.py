"""Data sets as they are read: pydicom's, but with elements whose values stay where they are."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydicom.datadict import dictionary_VR
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.tag import BaseTag

from dicomspec.dataset.source import Stretch

if TYPE_CHECKING:
    from pydicom.sequence import Sequence

    from dicomspec.dataset.bulk import Fragments
    from dicomspec.dataset.level import Level
    from dicomspec.dataset.source import Source

Element = DataElement | RawDataElement


class FileElement(RawDataElement):
    """A raw element that knows where its value is: `extent` bytes from `value_tell` on in `source`.

    Its `value` is None unless it was short enough to be read. `encoding` is what its Items inherit
    (PS3.5 7.5.3), `depth` that of the data set it is in, `sequence` its Items once asked for,
    `fragments` where those of encapsulated data are.
    """

    source: Source
    extent: int = 0
    encoding: list[str] | None = None
    depth: int = 0
    sequence: Sequence | None = None
    fragments: Fragments | None = None

    def stream(self) -> io.BufferedReader:
        """Return the value as a stream."""
        return io.BufferedReader(Stretch(self.source, self.value_tell, self.extent))


class _Holding:
    """What makes a Dataset leave values where they are."""

    _dict: dict[BaseTag, Element]

    def get_item(self, key: Any, *, keep_deferred: bool = True) -> Any:
        """As in Dataset, but a value that is in the file stays there: it is None."""
        return super().get_item(key, keep_deferred=keep_deferred)  # type: ignore[misc]

    def __setattr__(self, name: str, value: Any) -> None:
        """As in Dataset, which would look for a keyword by each of its own attributes' names."""
        if name.startswith("_"):
            object.__setattr__(self, name, value)
        else:
            super().__setattr__(name, value)

    def __getitem__(self, key: Any) -> Any:
        """As in Dataset, but a value in the file is a stream (`DataElement.is_buffered`)."""
        element = None if isinstance(key, slice) else self.get_item(key)
        if not isinstance(element, FileElement) or element.value is not None:
            return super().__getitem__(key)  # type: ignore[misc]
        vr = element.VR or dictionary_vr(element.tag) or "UN"
        value = element.stream()
        return DataElement(element.tag, vr, value, element.value_tell, already_converted=True)


class ReadDataset(_Holding, Dataset):  # type: ignore[misc]
    """A data set, or an Item, as it was read."""


class ReadFileMeta(_Holding, FileMetaDataset):  # type: ignore[misc]
    """File Meta Information as it was read."""


_AS_MADE = vars(ReadDataset())
_ITS_OWN = [n for n, v in _AS_MADE.items() if isinstance(v, dict) and n != "_dict"]


def _made(elements: dict[BaseTag, Element], encoding: list[str]) -> ReadDataset:
    """Return `ReadDataset(elements, parent_encoding=encoding)`, in a fifth of the time."""
    found = ReadDataset.__new__(ReadDataset)
    state = vars(found)
    state.update(_AS_MADE)
    for name in _ITS_OWN:
        state[name] = _AS_MADE[name].copy()
    state["_dict"] = elements
    state["_parent_encoding"] = encoding
    return found


def data_set(elements: dict[BaseTag, Element], level: Level, outer: Level) -> ReadDataset:
    """Return elements as a data set, with what pydicom needs to decode them."""
    found = _made(elements, outer.encoding)
    found.set_original_encoding(level.syntax.implicit, level.syntax.little, level.encoding)
    # PS3.3 C.7.6.3.1: what "US or SS" means in implicit VR depends on Pixel Representation
    if level.pixel_representation is not None:
        found._pixel_rep = level.pixel_representation  # noqa: SLF001 - pydicom has no other way
    return found


@lru_cache(maxsize=8192)
def dictionary_vr(tag: int) -> str | None:
    """Return the VR that pydicom's dictionary has for a tag, as "US or SS" where it has several."""
    try:
        return str(dictionary_VR(BaseTag(tag)))
    except KeyError:
        return "LO" if tag >> 16 & 1 and 0x10 <= tag & 0xFFFF <= 0xFF else None
