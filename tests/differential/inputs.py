"""The files that are compared: those that packages ship, and those of `../shared/files`.

A file's label is the name of where it is from, and its path there, without the UID that some
names end in.
"""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

_PACKAGES = {"pydicom": "pydicom.data", "pydicom-data": "data_store", "deid-data": "deid_data"}
_SHARED = Path(__file__).parents[3] / "shared" / "files"
_UID = re.compile(r"_[0-2](?:\.[0-9]+){5,}(?=\.dcm$)")
_NOT_DATA = frozenset({".py", ".pyc", ".zip", ".md", ".txt", ".json"})


def files() -> Iterator[tuple[str, Path]]:
    """Yield every file that may be DICOM, with its label."""
    for label, folder in folders().items():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix not in _NOT_DATA:
                yield _UID.sub("", f"{label}/{path.relative_to(folder).as_posix()}"), path


def folders() -> dict[str, Path]:
    """Return the folders that are there, by label."""
    found = {label: _package(name) for label, name in _PACKAGES.items()}
    found["shared"] = _SHARED
    return {label: path for label, path in found.items() if path is not None and path.is_dir()}


def _package(name: str) -> Path | None:
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:
        return None
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))
