"""Truths that are compiled are those that `conditions` gives with its reasons."""

from itertools import islice
from pathlib import Path

import pydicom
import pytest

from dicomspec import dataset as data
from dicomspec import edition as editions
from dicomspec.model import condition as c
from dicomspec.validation import conditions as evaluated
from dicomspec.validation.truths import compiled
from dicomspec.validation.validator import Validator
from dicomspec.validation.verdict import Surroundings
from tests.dicomspec import conditions
from tests.dicomspec.validation import satisfy

_EACH = 8
_FOLDER = Path(pydicom.__file__).parent / "data" / "test_files"
_REAL = ("CT_small.dcm", "MR_small.dcm", "*SR.dcm", "liver*", "waveform*", "rtplan.dcm", "*DIR")


def slow(expression, chain, around):
    return evaluated.evaluate(expression, chain, around).truth


def test_nothing_to_ask_is_false():
    assert compiled(None, slow)((), Surroundings(str)) is False


@pytest.mark.parametrize("name", editions.available())
def test_both_come_to_the_same_in_made_data_sets(name):
    edition = editions.load(name)
    for expression in conditions.expressions(name):
        if any(isinstance(part, c.Judgement) for part in c.parts(expression)):
            continue
        worlds = [satisfy.World(edition)]
        for holds in (True, False):
            for way in islice(satisfy.ways(expression, want=holds), _EACH):
                world = satisfy.World(edition)
                way(world, world.item)
                worlds.append(world)
        ask = compiled(expression, slow)
        for world in worlds:
            truth = slow(expression, world.chain, world.surroundings)
            assert ask(world.chain, world.surroundings) is truth, expression


def test_both_come_to_the_same_in_real_files(monkeypatch):
    fast = evaluated._compile
    asked = []

    def both(condition):
        with monkeypatch.context() as patch:
            patch.setattr(
                evaluated,
                "compiled",
                lambda clause, ask: (
                    lambda chain, around: False if clause is None else ask(clause, chain, around)
                ),
            )
            reference = fast(condition)
        ask = fast(condition)

        def compare(chain, around):
            outcome = ask(chain, around)
            asked.append(outcome)
            assert reference(chain, around) is outcome
            return outcome

        return compare

    monkeypatch.setattr(evaluated, "_asks", {})
    monkeypatch.setattr(evaluated, "_compile", both)
    validator = Validator(editions.load())
    for pattern in _REAL:
        for path in _FOLDER.rglob(pattern):
            for instance in data.read(path):
                report = validator.validate(instance)
                crashed = [each for each in report.findings if each.code.startswith("internal/")]
                assert not crashed, (path, crashed)
    assert len(asked) > 1000
    assert len(set(asked)) == len(evaluated.Outcome)
