"""An input → its data sets.

How it decides:
1. "DICM" at byte 128 is a Part 10 file; else what starts with "{" or "[", or is named .json, is
   DICOM JSON; all else is a data set without a prefix, which is read only if forced.
2. Whatever goes wrong is Unreadable, with a reason in words of this package, since those of an
   exception from elsewhere may quote values.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from dicomspec.dataset import json_text, sniff
from dicomspec.dataset.complaints import Complaints, Remark
from dicomspec.dataset.discovery import why
from dicomspec.dataset.faults import Fault, Unreadable
from dicomspec.dataset.instance import Instance
from dicomspec.dataset.opening import Opened, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read(
    source: Path | str | BinaryIO, *, name: str = "", force: bool = False
) -> Iterator[Instance]:
    """Give the data sets of an input: one of a file, any number of a JSON array.

    `source` is the path of a regular file, or a binary stream, read from where it stands; `name` is
    the path that Instances show. With `force`, preamble, prefix and File Meta Information
    (PS3.10 7.1) may be missing. Values that stay in a stream can be had as long as it is open.
    Raises Unreadable, when it is iterated. After one data set of a JSON array was unreadable,
    `next` goes on with the one after it.
    """
    return _Resumable(_read(source, name or _name(source), force=force))


def from_json(obj: Any) -> Instance:
    """Return a DICOM JSON object (PS3.18 F.2), parsed already, as an Instance.

    A BulkDataURI is never fetched: its element has no value, and isn't empty.
    Raises Unreadable for what isn't one.
    """
    return _from_json(obj, "<json>", doubled=False)


class _Resumable:
    """Raises each Unreadable that comes, and can go on after it."""

    def __init__(self, found: Iterator[Instance | Unreadable]) -> None:
        self.found = found

    def __iter__(self) -> Iterator[Instance]:
        return self

    def __next__(self) -> Instance:
        found = next(self.found)
        if isinstance(found, Unreadable):
            raise found
        return found


def _name(source: Path | str | BinaryIO) -> str:
    if isinstance(source, str | os.PathLike):
        return str(source)
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else "<stream>"


def _read(
    source: Path | str | BinaryIO, path: str, *, force: bool
) -> Iterator[Instance | Unreadable]:
    refuse = partial(_refuse, path=path, force=force)
    try:
        with opened(source, refuse) as input_:
            if _is_json(input_.head, path):
                yield from _json(input_, path)
            else:
                yield _part10(input_, path, force=force)
    except Exception as fault:  # noqa: BLE001 - no input may end a run
        raise _unreadable(path, fault) from None


def _is_json(head: bytes, path: str) -> bool:
    named = path.lower().endswith(".json")
    return not sniff.has_prefix(head) and (sniff.is_json(head) or named)


def _refuse(head: bytes, path: str, *, force: bool) -> None:
    """Raise Fault for what evidently can't be read, before a stream is copied for it."""
    if not head:
        raise Fault("empty", 0)
    if force or sniff.has_prefix(head) or _is_json(head, path):
        return
    kind = sniff.kind(head)
    # PS3.10 7.1: preamble and prefix are mandatory
    hint = f"it is {kind}" if kind else "force reads a file without"
    raise Fault(f"no DICOM prefix at byte 128; {hint}")


def _part10(input_: Opened, path: str, *, force: bool) -> Instance:
    from dicomspec.dataset.part10 import read_part10  # noqa: PLC0415 - it imports pydicom

    complaints = Complaints()
    found = read_part10(input_, complaints, force=force)
    uid, meta = found.transfer_syntax_uid, found.file_meta
    return Instance(path, found.dataset, uid, meta, complaints.said(), is_file=True)


def _json(input_: Opened, path: str) -> Iterator[Instance | Unreadable]:
    for number, text in enumerate(json_text.data_sets(input_.file), start=1):
        name = f"{path}[{number}]" if text.in_array else path
        try:
            yield _from_json(text.value, name, doubled=text.doubled)
        except Unreadable as fault:
            yield fault


def _from_json(obj: Any, path: str, *, doubled: bool) -> Instance:
    from dicomspec.dataset.json_model import json_data_set  # noqa: PLC0415 - it imports pydicom

    complaints = Complaints()
    if doubled:
        # PS3.18 F.2.2: an Attribute's name is its tag, and a tag comes once (PS3.5 7.1)
        message = "A member comes twice in a JSON object; the last one is taken."
        complaints.add(Remark("encoding/json-duplicate", message))
    try:
        return Instance(path, json_data_set(obj, complaints), None, None, complaints.said())
    except Exception as fault:  # noqa: BLE001 - no input may end a run
        raise _unreadable(path, fault) from None


def _unreadable(path: str, fault: Exception) -> Unreadable:
    """Return whatever went wrong in words of this package."""
    if isinstance(fault, Unreadable):
        return fault
    if isinstance(fault, Fault):
        return Unreadable(path, fault.reason, fault.offset)
    if isinstance(fault, OSError):
        return Unreadable(path, why(fault))
    if isinstance(fault, RecursionError):
        return Unreadable(path, "nested too deep")
    if isinstance(fault, MemoryError):
        return Unreadable(path, "not enough memory")
    # a defect of this package, whose message may hold a value
    return Unreadable(path, f"the parser failed ({type(fault).__name__})")
