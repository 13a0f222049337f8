"""IODs, Modules, Macros and Attributes, as PS3.3 lays them out.

An id (`table`, `section`, `row`, `paragraph`) is an xml:id of the standard's DocBook, by which the
place is found in the published pages; `page` is the id of the section or chapter that starts the
published page. Tags are written as the standard prints them, "(0010,0010)", repeating groups as
"(60xx,0010)".
"""

from dataclasses import dataclass
from enum import Enum

from dicomspec.model.condition import Condition


class Type(Enum):
    """Data Element Type, PS3.5 7.4."""

    TYPE_1 = "1"
    TYPE_1C = "1C"
    TYPE_2 = "2"
    TYPE_2C = "2C"
    TYPE_3 = "3"


class Usage(Enum):
    """Usage of a Module or a Functional Group Macro in an IOD, PS3.3 A.1.3."""

    MANDATORY = "M"
    CONDITIONAL = "C"
    USER_OPTIONAL = "U"


class Sharing(Enum):
    """In which Functional Groups Sequences a Macro may stand (PS3.3 Annex A tables)."""

    EITHER = "either"
    SHARED_ONLY = "shared only"
    PER_FRAME_ONLY = "per-frame only"


class TableKind(Enum):
    """What a table of Attributes describes."""

    MODULE = "Module"
    MACRO = "Macro"
    KEYS = "Keys"
    EXAMPLE = "Example"


@dataclass(frozen=True, slots=True)
class ItemCount:
    """Number of Items of a Sequence, PS3.3 5.2; `maximum` None where there is no limit."""

    minimum: int
    maximum: int | None


@dataclass(frozen=True, slots=True)
class ValueList:
    """Enumerated Values (closed) or Defined Terms (extensible), PS3.3 5.5 (PS3.5 6.3).

    `number` is the Value that the list is for, counted from one; `tags` are the Attributes that the
    list names where it isn't simply the row's own (under the row, where that is a Sequence or an
    Include); `condition` what must hold for the list to apply. Whole numbers are in decimal, tags
    eight digits. Of the lists that a row and its sections have for the same Value, those without a
    condition add up, and so do those whose condition holds; a value has to be in both.
    """

    closed: bool
    values: tuple[str, ...]
    paragraph: str
    number: int | None = None
    tags: tuple[str, ...] = ()
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class ValueCount:
    """How many Values an Attribute shall have, beyond what the registry says of it (PS3.5 6.4).

    `maximum` is None where there is no limit; `tags` are the Attributes that it is for where these
    aren't simply the row's own; `condition` what must hold for it to apply.
    """

    minimum: int
    maximum: int | None
    paragraph: str
    condition: Condition | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContextGroupUse:
    """A Baseline (extensible choice of group) or Defined CID, PS3.3 5.6.

    `tag` is the Attribute that it is for where that isn't the row's own (an Include names one);
    `condition` what must hold for it to apply.
    """

    cid: str
    baseline: bool
    tag: str | None = None
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """A Baseline or Defined TID that a row names."""

    tid: str
    baseline: bool


@dataclass(frozen=True, slots=True)
class Specialization:
    """What an Include changes in its Macro, PS3.3 5.4: a Type for one Attribute."""

    tag: str
    type: Type
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Attribute:
    """A row of a Module or Macro table, with the rows nested under it when it is a Sequence.

    `type` is None in the tables that have no Type column (normalized IODs). `overrides` are the
    sections of the Modules whose rows for this Attribute the row says it takes the place of.
    """

    tag: str
    name: str
    type: Type | None
    row: str
    condition: Condition | None = None
    items: ItemCount | None = None
    item_counts_if: tuple[tuple[ItemCount, Condition], ...] = ()
    values: tuple[ValueList, ...] = ()
    value_counts: tuple[ValueCount, ...] = ()
    context_groups: tuple[ContextGroupUse, ...] = ()
    templates: tuple[TemplateUse, ...] = ()
    specializations: tuple[Specialization, ...] = ()
    see: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    entries: "tuple[Entry, ...]" = ()


@dataclass(frozen=True, slots=True)
class Include:
    """A row that stands for all rows of a Macro table.

    `table` is None where the row names none; `what` then says what is meant in a word of ours:
    "functional groups", "private attributes", "directory record keys", "unresolved". `entries` are
    rows nested below it: they belong to the last Sequence of the included Macro.
    """

    table: str | None
    row: str
    what: str = ""
    condition: Condition | None = None
    context_groups: tuple[ContextGroupUse, ...] = ()
    templates: tuple[TemplateUse, ...] = ()
    specializations: tuple[Specialization, ...] = ()
    values: tuple[ValueList, ...] = ()
    value_counts: tuple[ValueCount, ...] = ()
    see: tuple[str, ...] = ()
    entries: "tuple[Entry, ...]" = ()


@dataclass(frozen=True, slots=True)
class OtherAttributes:
    """A row that admits Attributes it doesn't name ("Any other Attribute of …")."""

    row: str
    type: Type | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that only groups the rows below it."""

    row: str


Entry = Attribute | Include | OtherAttributes | Heading


@dataclass(frozen=True, slots=True)
class Table:
    """A table of Attributes: a Module, a Macro, or the keys of a Directory Record.

    `name` is the caption without its "Module Attributes" or "Macro Attributes"; `record_type` the
    Directory Record Type whose Keys the table lists (PS3.3 F.5), empty for other tables.
    """

    id: str
    name: str
    kind: TableKind
    section: str
    page: str
    entries: tuple[Entry, ...]
    record_type: str = ""


@dataclass(frozen=True, slots=True)
class ModuleUse:
    """A row of an IOD Module table: a Module, its Usage and where it is described.

    `usage` is None in the tables of normalized IODs, which have no such column. `table` is the
    xml:id of the Module's table, None where the Module has no table of its own.
    """

    name: str
    table: str | None
    section: str | None
    usage: Usage | None
    row: str
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class InformationEntity:
    """An IE of an IOD and its Modules; the name is empty in tables without IE column."""

    name: str
    modules: tuple[ModuleUse, ...]


@dataclass(frozen=True, slots=True)
class FunctionalGroupMacroUse:
    """A row of an IOD's Functional Group Macros table."""

    name: str
    table: str | None
    section: str | None
    usage: Usage
    row: str
    sharing: Sharing = Sharing.EITHER
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class ValueConstraint:
    """What an IOD's own sections lay down of an Attribute's values.

    `path` is the tags as printed, from the data set's root, Sequences first; a Sequence that holds
    itself (Content Sequence) is meant at any depth. `section` is where it stands.
    """

    path: tuple[str, ...]
    values: ValueList
    section: str
    page: str


@dataclass(frozen=True, slots=True)
class PresenceConstraint:
    """An Attribute that an IOD's own sections say shall be there, or (`forbidden`) shall not.

    `path` as in ValueConstraint; `condition` what must hold for it to apply.
    """

    path: tuple[str, ...]
    forbidden: bool
    section: str
    page: str
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class ModuleExclusion:
    """A Module that an IOD's own sections say shall not be used, by its name in IOD tables."""

    name: str
    section: str
    page: str


@dataclass(frozen=True, slots=True)
class IOD:
    """An Information Object Definition: its Modules and, if any, its Functional Group Macros.

    `values`, `presence` and `excluded` are what its content constraints lay down.
    """

    name: str
    table: str
    section: str
    page: str
    entities: tuple[InformationEntity, ...]
    functional_group_table: str | None = None
    functional_groups: tuple[FunctionalGroupMacroUse, ...] = ()
    values: tuple[ValueConstraint, ...] = ()
    presence: tuple[PresenceConstraint, ...] = ()
    excluded: tuple[ModuleExclusion, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionValues:
    """What a section holds of values and of their number, outside of any row ("See Section …")."""

    section: str
    page: str
    lists: tuple[ValueList, ...]
    counts: tuple[ValueCount, ...] = ()
