"""The words of the standard as frozen dataclasses; standard library only.

Definitions hold facts: names, tags, Types, Usages, values, codes, ids and expressions, never sentences.
"""

from dicomspec.model.condition import Condition, Unparsed
from dicomspec.model.definition import (
    IOD,
    Attribute,
    ContextGroupUse,
    Entry,
    FunctionalGroupMacroUse,
    Heading,
    Include,
    InformationEntity,
    ItemCount,
    ModuleUse,
    OtherAttributes,
    SectionValues,
    Sharing,
    Specialization,
    Table,
    TableKind,
    TemplateUse,
    Type,
    Usage,
    ValueList,
)
from dicomspec.model.registry import UID, DataElement, SOPClass

__all__ = [
    "IOD",
    "UID",
    "Attribute",
    "Condition",
    "ContextGroupUse",
    "DataElement",
    "Entry",
    "FunctionalGroupMacroUse",
    "Heading",
    "Include",
    "InformationEntity",
    "ItemCount",
    "ModuleUse",
    "OtherAttributes",
    "SOPClass",
    "SectionValues",
    "Sharing",
    "Specialization",
    "Table",
    "TableKind",
    "TemplateUse",
    "Type",
    "Unparsed",
    "Usage",
    "ValueList",
]
