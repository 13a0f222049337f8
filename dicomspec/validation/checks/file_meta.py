"""File Meta Information (PS3.10 7.1), on its own and against the data set that follows.

How it decides:
1. What Table 7.1-1 asks for is asked of files only: a data set in memory may get the rest of it
   when it is written. DICOM JSON has none, and nothing is asked of it.
2. UIDs are held against those of the data set where both are there, and the Transfer Syntax against
   the registry: a private one is nobody else's business, one under the standard's own root that the
   registry doesn't have isn't one.
3. A version of which bit 0 is set may be read as this one, whatever else it says.
4. That the group length is wrong, or an element out of order, is told by the reader of the file.
"""

from collections.abc import Iterator
from typing import Any

from dicomspec import dataset as data
from dicomspec.catalogue import CATALOGUE
from dicomspec.findings import Finding, Location, Step
from dicomspec.validation.visit import Found, Run, names

VERSION, SOP_CLASS, SOP_INSTANCE, TRANSFER_SYNTAX = 0x00020001, 0x00020002, 0x00020003, 0x00020010
CREATOR, PRIVATE = 0x00020100, 0x00020102
ROOT = "1.2.840.10008."

# PS3.10 Table 7.1-1, and PS3.6 Table 7-1 for the VRs
_TYPE_1 = (0x00020000, VERSION, SOP_CLASS, SOP_INSTANCE, TRANSFER_SYNTAX, 0x00020012)
_VRS = {
    0x00020000: "UL", VERSION: "OB", SOP_CLASS: "UI", SOP_INSTANCE: "UI", TRANSFER_SYNTAX: "UI",
    0x00020012: "UI", 0x00020013: "SH", 0x00020016: "AE", 0x00020017: "AE", 0x00020018: "AE",
    0x00020026: "UR", 0x00020027: "UR", 0x00020028: "UR", CREATOR: "UI", PRIVATE: "OB",
}  # fmt: skip
_SAME = (
    (SOP_CLASS, 0x00080016, "file-meta/sop-class-differs"),
    (SOP_INSTANCE, 0x00080018, "file-meta/sop-instance-differs"),
)


def required(run: Run) -> Iterator[Found]:
    """Report what a file's File Meta Information lacks."""
    meta = run.instance.file_meta
    if meta is None or not run.instance.is_file:
        return
    for tag in _TYPE_1:
        element = data.element(meta, tag)
        # PS3.10 Table 7.1-1: these are of Type 1
        if element is None:
            yield _finding(run, "file-meta/element-missing", tag, "{} is absent.")
        elif data.is_empty(element):
            yield _finding(run, "file-meta/element-empty", tag, "{} has no value.")


def elements(run: Run) -> Iterator[Found]:
    """Report elements that the table doesn't have, or that are encoded with another VR."""
    meta = run.instance.file_meta
    if meta is None:
        return
    for tag, element in data.each(meta):
        known = _VRS.get(tag)
        # PS3.10 7.1: reserved for the standard; readers ignore them
        if known is None:
            yield _finding(run, "file-meta/not-in-table", tag, "{} is not in the table.", element)
        # PS3.5 7.1.1: the VR is that of the Data Dictionary
        elif known != element.VR:
            message = f"{{}} is not encoded with the VR {known}."
            yield _finding(run, "file-meta/vr", tag, message, element)


def version(run: Run) -> Iterator[Found]:
    """Report a version that doesn't say that it is this one."""
    element = _element(run, VERSION)
    value = None if element is None else element.value
    # PS3.10 Table 7.1-1: bit 0 of the second byte
    if isinstance(value, bytes) and value and not (len(value) == 2 and value[1] & 1):
        yield _finding(run, "file-meta/version", VERSION, "{} is not that of version 1.", element)


def same_instance(run: Run) -> Iterator[Found]:
    """Report that another SOP Class or SOP Instance is named than that of the data set."""
    for tag, other, code in _SAME:
        named, held = _text(_element(run, tag)), _text(data.element(run.dataset, other))
        # PS3.10 Table 7.1-1: they are those of the data set
        if named and held and named != held:
            known = run.edition.element(other)
            what = run.edition.keyword(other) if known is None else known.name
            message = f"{{}} is not the {what} of the data set."
            yield _finding(run, code, tag, message, _element(run, tag))


def transfer_syntax(run: Run) -> Iterator[Found]:
    """Report a Transfer Syntax UID that names none, or a retired one."""
    element = _element(run, TRANSFER_SYNTAX)
    uid = _text(element)
    if not uid:
        return
    known = run.edition.uids.get(uid)
    # PS3.6 A: the registry
    if known is None and uid.startswith(ROOT):
        code, message = "file-meta/transfer-syntax", "{} is not in the registry of UIDs."
    elif known is not None and known.type != "Transfer Syntax":
        code, message = "file-meta/transfer-syntax", "{} names no Transfer Syntax."
    elif known is not None and known.retired:
        code, message = "file-meta/transfer-syntax-retired", f"{known.name} is retired."
    else:
        return
    yield _finding(run, code, TRANSFER_SYNTAX, message, element)


def private_information(run: Run) -> Iterator[Found]:
    """Report private information without its creator, and the other way round."""
    meta = run.instance.file_meta
    present = () if meta is None else meta.keys()
    # PS3.10 Table 7.1-1: each asks for the other
    if PRIVATE in present and CREATOR not in present:
        yield _finding(run, "file-meta/private-information", CREATOR, "{} is absent.")
    if CREATOR in present and PRIVATE not in present:
        yield _finding(run, "file-meta/private-information", PRIVATE, "{} is absent.")


def _element(run: Run, tag: int) -> Any:
    meta = run.instance.file_meta
    return None if meta is None else data.element(meta, tag)


def _text(element: Any) -> str:
    """Return a UID, "" without one."""
    values = None if element is None else data.strings(element)
    return values[0] if values else ""


def _finding(
    run: Run,
    code: str,
    tag: int,
    message: str,
    element: Any = None,
) -> Finding:
    """Return a finding; {} in the message stands for the element's name."""
    known = run.edition.element(tag)
    return Finding(
        code=code,
        location=Location((Step(*names(run.edition, tag)),)),
        message=message.format(known.name if known else "This element"),
        citation=run.edition.cite_clause(CATALOGUE[code].clause),
        value=None if element is None else data.shown(element),
        sop_class_uid=run.sop_class_uid,
        offset=None if element is None else run.instance.offset(element),
    )
