"""DICOM JSON, parsed → a data set (PS3.18 F.2).

How it decides:
1. What can't mean anything (a member that isn't a tag, an Attribute that isn't an object, a Value
   of the wrong kind, InlineBinary that isn't base64) is Malformed, with the path of the Attribute.
2. What can mean one thing only (a single value outside of an array, a Person Name as a string, a vr
   that is missing but in the dictionary) is taken as that, and remarked.
3. A BulkDataURI is never looked at: the element has no value, and isn't empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydicom.dataelem import DataElement, RawDataElement
from pydicom.sequence import Sequence

from dicomspec.dataset import json_values, limits
from dicomspec.dataset.charset import DEFAULT
from dicomspec.dataset.complaints import Remark
from dicomspec.dataset.faults import Beyond, Malformed
from dicomspec.dataset.held import Element, FileElement, ReadDataset, dictionary_vr
from dicomspec.dataset.quiet import quiet
from dicomspec.dataset.source import Elsewhere
from dicomspec.dataset.syntax import UNDEFINED
from dicomspec.dataset.tags import tag_of

if TYPE_CHECKING:
    from pydicom.tag import BaseTag

    from dicomspec.dataset.complaints import Complaints

_KEYS = ("Value", "InlineBinary", "BulkDataURI")
_IGNORE = 0  # of pydicom.config: validation isn't for reading


def json_data_set(obj: object, complaints: Complaints) -> ReadDataset:
    """Return a DICOM JSON object as a data set; raises Malformed and Beyond."""
    with quiet():
        return _Model(complaints).data_set(obj)


class _Model:
    """Makes one data set; `trail` is the path to what is being made."""

    def __init__(self, complaints: Complaints) -> None:
        self.complaints = complaints
        self.trail: list[tuple[int, int]] = []
        self.left = limits.ELEMENTS

    def data_set(self, obj: object) -> ReadDataset:
        """Return an object as a data set or Item."""
        if not isinstance(obj, dict):
            raise self.malformed("not a JSON object")
        self.left -= 3 + len(obj)
        if self.left < 0:
            raise Beyond(f"more than {limits.ELEMENTS} elements and Items")
        tags = sorted((self.tag(name), name) for name in obj)
        elements = {tag: self.element(tag, obj[name]) for tag, name in tags}
        if len(elements) < len(obj):
            # PS3.5 7.1: a tag comes once
            self.complain("encoding/json-duplicate", "An Attribute comes twice.")
        found = ReadDataset(elements)
        # PS3.18 F.2: JSON is UTF-8 whatever (0008,0005) says, and decoded already
        found.set_original_encoding(None, None, DEFAULT)
        return found

    def tag(self, name: object) -> BaseTag:
        """Return a member's name as a tag."""
        # PS3.18 F.2.2: eight hexadecimal digits, in capitals
        if not isinstance(name, str) or not json_values.TAG.fullmatch(name):
            raise self.malformed("a member that isn't named by the eight digits of a tag")
        tag = tag_of(int(name, 16))
        if name != name.upper():
            self.complain("encoding/json-tag", "The tag isn't written in capitals.", tag)
        return tag

    def element(self, tag: BaseTag, attribute: object) -> Element:
        """Return an Attribute as an element."""
        self.trail.append((tag, 0))
        if not isinstance(attribute, dict):
            raise self.malformed("not a JSON object")
        # PS3.18 F.2.2: at most one of these
        keys = [key for key in _KEYS if key in attribute]
        if len(keys) > 1:
            message = "The Attribute has more than one of Value, InlineBinary and BulkDataURI."
            self.complain("encoding/json-value", message)
        vr = self.vr(tag, attribute.get("vr"))
        try:
            found = self.one(tag, vr, keys[0] if keys else "Value", attribute)
        except ValueError as fault:  # of json_values
            raise self.malformed(str(fault)) from None
        self.trail.pop()
        return found

    def vr(self, tag: BaseTag, vr: object) -> str:
        """Return the VR of an Attribute."""
        if isinstance(vr, str) and json_values.VR.fullmatch(vr):
            return vr
        # PS3.18 F.2.2
        self.complain("encoding/json-vr-missing", "The Attribute has no vr.")
        return (dictionary_vr(tag) or "UN")[:2]

    def one(self, tag: BaseTag, vr: str, key: str, attribute: dict[str, Any]) -> Element:
        """Return an element with the value that is under a key."""
        if key == "BulkDataURI":
            return _elsewhere(tag, vr)
        if key == "InlineBinary":
            data = json_values.inline_binary(attribute[key], self.value)
            return RawDataElement(tag, vr, len(data), data, 0, False, True)  # noqa: FBT003
        values = attribute.get(key, [])
        if not isinstance(values, list):
            self.value("a Value that isn't an array")
            values = [values]
        if vr == "SQ":
            return self.sequence(tag, values)
        return _plain(tag, vr, [json_values.plain(one, vr, self.value) for one in values])

    def sequence(self, tag: BaseTag, values: list[Any]) -> DataElement:
        """Return an array of objects as a Sequence."""
        if len(self.trail) > limits.DEPTH:
            raise Beyond(f"Sequences nested more than {limits.DEPTH} levels deep")
        items = []
        for number, value in enumerate(values, start=1):
            self.trail[-1] = (tag, number)
            # PS3.18 F.2.5: an empty Item may be null
            items.append(self.data_set({} if value is None else value))
        return DataElement(tag, "SQ", Sequence(items), already_converted=True)

    def value(self, what: str) -> None:
        """Remark what a value is that should be written otherwise."""
        # PS3.18 F.2.2
        self.complain("encoding/json-value", f"The Attribute has {what}.")

    def complain(self, code: str, message: str, tag: int | None = None) -> None:
        """Remark something of what is being made, or of a member of it."""
        if self.complaints.another(code):
            member = () if tag is None else ((tag, 0),)
            self.complaints.add(Remark(code, message, (*self.trail, *member)))

    def malformed(self, reason: str) -> Malformed:
        """Return a fault of what is being made."""
        return Malformed(f"{self.path()}: {reason}")

    def path(self) -> str:
        """Return the path of what is being made."""
        return Remark("", "", tuple(self.trail)).path or "DICOM JSON"


def _elsewhere(tag: BaseTag, vr: str) -> FileElement:
    found = FileElement(tag, vr, UNDEFINED, None, 0, False, True)  # noqa: FBT003
    found.source = Elsewhere()
    found.extent = 1  # or more; that it isn't zero is what is known
    return found


def _plain(tag: BaseTag, vr: str, values: list[Any]) -> DataElement:
    """Return an element of plain values, as pydicom has them if it can."""
    value = values[0] if len(values) == 1 else values or None
    try:
        return DataElement(tag, vr, value, validation_mode=_IGNORE)
    except Exception:  # noqa: BLE001 - a value that the VR doesn't have is for checks to find
        return DataElement(tag, vr, value, already_converted=True)
