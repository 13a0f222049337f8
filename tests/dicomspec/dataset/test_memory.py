"""A file of 1 GB is read within 150 MB, all told: bulk stays where it is."""

import subprocess
import sys

import pytest

from tests.dicomspec.dataset import huge


@pytest.mark.parametrize("shape", huge.SHAPES)
def test_bulk_stays_in_the_file(shape, tmp_path):
    path = tmp_path / "huge.dcm"
    huge.make(path, shape)
    assert path.stat().st_size >= huge.NESTED
    command = [sys.executable, "-m", huge.__name__, str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert int(ran.stdout) < 150  # MB
