"""Download the Parts of an edition from NEMA's site, for people who have a network.

How it decides:
1. Only a named edition ("2024c") is downloaded, never "current", which is pinned nowhere.
2. A Part is written whole or not at all, and only if it is XML; its SHA-256 is printed, and held
   against the manifest where that names one.
"""

import hashlib
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from codegen.read import PARTS
from codegen.source import SourceError, manifest, parse

NEMA = "https://dicom.nema.org/medical/dicom"
_LIMIT = 200 * 1024 * 1024  # bytes; Part 16, the largest, has 30 MB
_TIMEOUT = 60  # seconds


def fetch(
    edition: str, into: Path, base: str = NEMA, parts: tuple[str, ...] = PARTS
) -> Iterator[str]:
    """Download Parts into a folder, yielding a line about each.

    Raises SourceError for what is no name of an edition, and a Part that can't be had or read.
    """
    if not re.fullmatch(r"[0-9]{4}[a-e]", edition):
        raise SourceError(f"{edition!r} names no edition; one is named like 2024c")
    into.mkdir(parents=True, exist_ok=True)
    for part in parts:
        url = f"{base}/{edition}/source/docbook/part{part}/part{part}.xml"
        data = _download(url)
        parse(data, url)
        path = into / f"part{part}.xml"
        _write(path, data)
        yield f"{path}  sha256 {_known(edition, part, data)}"


def _write(path: Path, data: bytes) -> None:
    partial = path.with_suffix(".partial")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _download(url: str) -> bytes:
    _refuse_other_than_https(url)
    try:
        with urllib.request.urlopen(url, timeout=_TIMEOUT) as answer:  # noqa: S310 - checked above
            _refuse_other_than_https(answer.url)
            data: bytes = answer.read(_LIMIT + 1)
            missing = answer.length  # of what the server promised; None if it didn't
    except (urllib.error.URLError, OSError, HTTPException) as error:
        raise SourceError(f"{url}: {error}") from error
    if len(data) > _LIMIT:
        raise SourceError(f"{url}: larger than {_LIMIT} bytes")
    if missing:
        raise SourceError(f"{url}: broke off {missing} bytes before its end")
    return data


def _refuse_other_than_https(url: str) -> None:
    """Raise SourceError for a URL, asked for or redirected to, of another scheme.

    A server on this machine may do without.
    """
    place = urlsplit(url)
    here = place.scheme == "http" and place.hostname in {"127.0.0.1", "localhost"}
    if not (place.scheme == "https" or here):
        raise SourceError(f"{url}: only https is fetched")


def _known(edition: str, part: str, data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()
    expected = manifest().get(edition, {}).get(f"part{part}", {}).get("sha256")
    if expected is None:
        return f"{digest} (not in the manifest)"
    return digest + (" (as in the manifest)" if digest == expected else " (not the manifest's)")
