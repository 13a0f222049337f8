"""Definitions → Python source → the same definitions."""

import ast
import dataclasses
import enum
import runpy
import types
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegen import emit
from codegen.link import Edition
from codegen.read import Reading
from codegen.source import ROOT
from dicomspec import model
from dicomspec.model import IOD, Attribute, Include, Table, TableKind, Type, Unparsed, naming

DEFINITIONS = ROOT / "dicomspec" / "definitions"
NAMES = vars(model)
CLASSES = [
    value for value in NAMES.values() if isinstance(value, type) and dataclasses.is_dataclass(value)
]
TEXTS = st.text(max_size=12) | st.sampled_from(
    ["'", '"', "\\", "\n", '"""', "é\u200b\U0001f600", "'\\"]
)


def of(hint: Any, depth: int) -> st.SearchStrategy[Any]:
    """Return values of a type that the model uses, nested to a depth."""
    simple = {str: TEXTS, int: st.integers(), bool: st.booleans(), type(None): st.none()}
    if hint in simple:
        return simple[hint]
    if get_origin(hint) is tuple:
        item = get_args(hint)
        if item[1:] == (...,):
            return st.lists(of(item[0], depth), max_size=2 if depth else 0).map(tuple)
        return st.tuples(*(of(one, depth) for one in item))
    if isinstance(hint, types.UnionType) or get_origin(hint) is not None:
        return st.one_of([of(one, depth) for one in get_args(hint)])
    if issubclass(hint, enum.Enum):
        return st.sampled_from(hint)
    return of_class(hint, depth - 1)


def of_class(cls: type, depth: int) -> st.SearchStrategy[Any]:
    """Return instances of a dataclass; below the depth, of what needs no other."""
    if depth < 0:
        return st.builds(Unparsed, TEXTS, TEXTS) if cls not in FLAT else flat(cls)
    hints = get_type_hints(cls)
    return st.deferred(
        lambda: st.builds(cls, **{name: of(hint, depth) for name, hint in hints.items()})
    )


def flat(cls: type) -> st.SearchStrategy[Any]:
    hints = get_type_hints(cls)
    needed = {f.name for f in dataclasses.fields(cls) if f.default is dataclasses.MISSING}
    return st.deferred(lambda: st.builds(cls, **{name: of(hints[name], 0) for name in needed}))


FLAT = {cls for cls in CLASSES if not cls.__module__.endswith("condition")} | {model.Unparsed}


def evaluated(source: str) -> object:
    return eval(source, {"__builtins__": {}}, dict(NAMES))


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
@given(data=st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_evaluates_to_what_it_was(cls, data):
    value = data.draw(of_class(cls, 2))
    source = emit.expression(value)
    assert evaluated(source) == value
    assert emit.expression(evaluated(source)) == source


@given(
    st.recursive(
        TEXTS | st.integers() | st.none() | st.booleans(), lambda x: st.lists(x).map(tuple)
    )
)
def test_tuples_strings_and_numbers_too(value):
    found = evaluated(emit.expression(value))
    assert found == value
    assert repr(found) == repr(value)


@pytest.mark.parametrize("value", [1.5, {"a": 1}, ["a"], {1}, object(), b"x", Type, (1, [2])])
def test_what_definitions_do_not_hold_is_refused(value):
    with pytest.raises(TypeError, match="definitions hold no"):
        emit.expression(value)


def test_a_long_call_is_broken_a_field_a_line_and_defaults_are_left_out():
    entries = tuple(Attribute(f"(0011,000{n})", "Colour", Type.TYPE_1, "para_1") for n in range(2))
    assert emit.expression(Table("t", "Paint", TableKind.MODULE, "s", "p", entries)) == (
        "Table(\n"
        "    id='t',\n"
        "    name='Paint',\n"
        "    kind=TableKind.MODULE,\n"
        "    section='s',\n"
        "    page='p',\n"
        "    entries=(\n"
        "        Attribute(tag='(0011,0000)', name='Colour', type=Type.TYPE_1, row='para_1'),\n"
        "        Attribute(tag='(0011,0001)', name='Colour', type=Type.TYPE_1, row='para_1'),\n"
        "    ),\n"
        ")"
    )


@given(st.lists(st.text(max_size=60), max_size=4).map(tuple))
def test_lines_are_broken_where_they_can_be(value):
    for line in emit.expression(value).split("\n"):
        assert len(line) <= 100 or line.count("'") <= 2 or '"' in line


def edition(tables: tuple[Table, ...] = (), iods: tuple[IOD, ...] = ()) -> Edition:
    return Edition("1999z", iods, tables, (), (), (), ())


def test_two_definitions_of_one_file_are_refused():
    tables = tuple(
        Table(name, "x", TableKind.MODULE, "", "", ()) for name in ("table_1a", "table_1A")
    )
    with pytest.raises(ValueError, match="table_1a"):
        emit.files(edition(tables))
    iods = tuple(IOD(name, name, "", "", ()) for name in ("A B", "a-b"))
    with pytest.raises(ValueError, match="a_b"):
        emit.files(edition(iods=iods))


def test_every_file_is_python_that_says_where_it_comes_from():
    table = Table("table_1", "x", TableKind.MODULE, "", "", (Include("table_2", "p1"),))
    for path, source in emit.files(edition((table,), (IOD("Paint", "t", "s", "p", ()),))).items():
        assert path.endswith(".py")
        assert source.startswith(
            '"""Generated by `python -m codegen build 1999z`; do not edit."""\n'
        )
        assert source.endswith("\n")
        ast.parse(source)


def test_a_hostile_text_stays_text():
    text = "'); import os; os.system('x') #\"\"\"\n\\"
    table = Table("table_1", text, TableKind.MODULE, text, text, (Include(None, text, text),))
    source = emit.files(edition((table,)))["tables/table_1.py"]
    assert [type(node) for node in ast.parse(source).body[1:]] == [ast.ImportFrom, ast.Assign]


def loaded(path: Path) -> dict[str, Any]:
    return runpy.run_path(str(path))


def test_every_committed_file_evaluates_to_what_was_read(edition_2024c: Reading):
    read = edition_2024c.edition
    folder = DEFINITIONS / naming.package("2024c")
    for table in read.tables:
        assert (
            loaded(folder / "tables" / f"{naming.table_file(table.id)}.py")["DEFINITION"] == table
        )
    for iod in read.iods:
        assert loaded(folder / "iods" / f"{naming.iod_file(iod.name)}.py")["DEFINITION"] == iod
    for file, variable, value in (
        ("elements", "ELEMENTS", read.elements),
        ("uids", "UIDS", read.uids),
        ("sop_classes", "SOP_CLASSES", read.sop_classes),
        ("section_values", "SECTION_VALUES", read.section_values),
        ("iod_names", "IODS", {iod.name: naming.iod_file(iod.name) for iod in read.iods}),
        ("table_names", "TABLES", {table.id: table.name for table in read.tables}),
    ):
        assert loaded(folder / f"{file}.py")[variable] == value
