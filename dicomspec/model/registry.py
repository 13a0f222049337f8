"""The registries: Data Elements and UIDs (PS3.6), SOP Classes and their IODs (PS3.4)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataElement:
    """A row of PS3.6 Tables 6-1, 7-1, 8-1 or 9-1.

    `tag` is "(0010,0010)" or, for a repeating group, "(60xx,0010)"; `vr` holds every VR that the
    row allows ("US", "SS"), none where the row gives none; `vm` is as printed ("1", "1-n", "2-2n").
    """

    tag: str
    name: str
    keyword: str
    vr: tuple[str, ...]
    vm: str
    retired: bool = False


@dataclass(frozen=True, slots=True)
class UID:
    """A row of PS3.6 Table A-1, or of A-2 (type "Well-known frame of reference")."""

    uid: str
    name: str
    keyword: str
    type: str
    retired: bool = False


@dataclass(frozen=True, slots=True)
class SOPClass:
    """A SOP Class and the IOD that it uses; PS3.4 Tables B.5-1, GG.3-1, I.4-1, … .

    `iod` is the IOD's name, None where no IOD of Part 3 is named (a retired SOP Class, a service).
    `table` is the xml:id of the Part 4 table whose row `row` says so, both None for a SOP Class
    that only the registry of UIDs names.
    """

    uid: str
    name: str
    iod: str | None = None
    retired: bool = False
    table: str | None = None
    row: str | None = None
