"""One data set to validate, with where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dicomspec.dataset.syntax import DEFLATED

if TYPE_CHECKING:
    from pydicom.dataelem import DataElement, RawDataElement
    from pydicom.dataset import Dataset

    from dicomspec.dataset.complaints import Remark


@dataclass(frozen=True, slots=True)
class Instance:
    """One data set.

    `path` is the input as users see it: "<stdin>", or "x.json[2]" for the 2nd data set of a JSON
    array. `dataset` has elements that are raw as far as possible; decoding one (`dataset[tag]`) is
    pydicom's work, and may raise what pydicom raises. `remarks` is what the parser complained of.
    `is_file` says that it was read from a file, so that its File Meta Information is all there is.
    """

    path: str
    dataset: Dataset
    transfer_syntax_uid: str | None
    file_meta: Dataset | None
    remarks: tuple[Remark, ...] = ()
    is_file: bool = False

    def offset(self, element: DataElement | RawDataElement) -> int | None:
        """Return the byte of the file at which an element's value begins, None where it has none.

        What was inflated is in no byte of the file.
        """
        if self.file_meta is None or self.transfer_syntax_uid in DEFLATED:
            return None
        return getattr(element, "value_tell", None) or getattr(element, "file_tell", None)


def from_dataset(ds: Dataset) -> Instance:
    """Return a Dataset in memory as an Instance; nothing in it is changed or decoded.

    Raises TypeError for what isn't a Dataset.
    """
    from pydicom.dataset import Dataset  # noqa: PLC0415 - see the package

    if not isinstance(ds, Dataset):
        raise TypeError(f"a pydicom Dataset is wanted, not {type(ds).__name__}")
    meta = getattr(ds, "file_meta", None)
    name = getattr(ds, "filename", None)
    return Instance(
        path=name if isinstance(name, str) else "<dataset>",
        dataset=ds,
        transfer_syntax_uid=transfer_syntax_uid(meta),
        file_meta=meta,
    )


def transfer_syntax_uid(meta: Dataset | None) -> str | None:
    """Return the Transfer Syntax UID of File Meta Information, None without one."""
    if meta is None:
        return None
    # PS3.10 7.1: (0002,0010) Transfer Syntax UID
    element = meta.get_item(0x00020010, keep_deferred=True)
    value = None if element is None else element.value
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value or "")
    # PS3.5 9.1: a UID is padded with one NUL
    return text.strip(" \0") or None
