"""Open a Part of the standard, safely, and know which bytes it was.

How it decides:
1. A Part is looked for in the folder that was asked for, else in `standard/<edition>/`, else in
   `../shared/standard/<edition>/`.
2. XML is read without DTD, network or entities, and not at all if it has a DOCTYPE; duplicate
   xml:ids are let through, NEMA's files have them.
3. `standard/MANIFEST.toml` names the bytes that the committed definitions were made from; other
   bytes of the same edition are read, and said to be others.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
STANDARD = ROOT / "standard"


class SourceError(Exception):
    """A Part that is not there or is not XML."""


class _RootReachedError(Exception):
    """The root element begins: there was no DOCTYPE before it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One Part of one edition: its number ("03"), its file, and the parsed tree's root."""

    edition: str
    number: str
    path: Path
    root: etree._Element
    as_in_manifest: bool

    @property
    def name(self) -> str:
        """The Part as the standard cites it: "PS3.3"."""
        return f"PS3.{int(self.number)}"


def folder(edition: str, given: Path | None = None) -> Path:
    """Return the folder that holds the edition's Parts; SourceError if there is none."""
    candidates = [given] if given else [STANDARD / edition, ROOT / "../shared/standard" / edition]
    for candidate in candidates:
        if (candidate / "part03.xml").is_file():
            return candidate.resolve()
    looked = ", ".join(str(candidate) for candidate in candidates)
    raise SourceError(
        f"edition {edition}: no part03.xml in {looked}; "
        f"`python -m codegen fetch {edition}` downloads it"
    )


def manifest() -> dict[str, dict[str, dict[str, str]]]:
    """Return edition → part → {sha256, origin}, as `standard/MANIFEST.toml` has it."""
    path = STANDARD / "MANIFEST.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def open_part(edition: str, number: str, where: Path) -> Part:
    """Parse a Part.

    Raises SourceError if it can't be read or isn't XML.
    """
    path = where / f"part{number}.xml"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error
    return Part(
        edition, number, path, parse(data, str(path)), _as_in_manifest(edition, number, data)
    )


def parse(data: bytes, name: str) -> etree._Element:
    """Parse XML without DTD, network or entities; SourceError names the file and what is wrong."""
    _refuse_doctype(data, name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=True,  # Part 16 is large and deep in lists; there are no entities to blow up
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"{name}: not well-formed XML: {error.msg}") from error
    return root


def _refuse_doctype(data: bytes, name: str) -> None:
    """Look at what stands before the root element, before anything can expand an entity."""

    def doctype(*_: object) -> None:
        raise SourceError(f"{name}: has a DOCTYPE, which the standard's DocBook has not; refused")

    def element(*_: object) -> None:
        raise _RootReachedError

    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler = doctype
    reader.StartElementHandler = element
    try:
        reader.Parse(data, True)  # noqa: FBT003 - expat's own signature
    except _RootReachedError:
        return
    except expat.ExpatError as error:
        raise SourceError(f"{name}: not well-formed XML: {error}") from error


def _as_in_manifest(edition: str, number: str, data: bytes) -> bool:
    expected = manifest().get(edition, {}).get(f"part{number}", {}).get("sha256")
    return expected in {None, hashlib.sha256(data).hexdigest()}
