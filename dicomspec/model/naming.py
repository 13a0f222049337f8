"""File names of generated definitions: how a name or id becomes a Python module's."""

import re


def package(edition: str) -> str:
    """Return the folder of an edition: "2024c" → "edition_2024c"."""
    return f"edition_{edition}"


def iod_file(name: str) -> str:
    """Return the module of an IOD: "CT Image" → "ct_image"."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def table_file(table: str) -> str:
    """Return the module of a table: "table_C.7.6.16-2" → "table_C_7_6_16__2"."""
    return re.sub(r"[^A-Za-z0-9_]", "_", table.replace("-", "__").replace(".", "_"))
