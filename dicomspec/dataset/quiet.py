"""pydicom's logs and warnings quote values of the data set; they are kept from the terminal."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def quiet() -> Iterator[list[warnings.WarningMessage]]:
    """Keep pydicom's logger and all Python warnings quiet; give the warnings as a list.

    Meant for whatever makes pydicom decode a value. Like `warnings.catch_warnings`, it isn't for
    several threads at once. What a user has set is set again afterwards.
    """
    import logging  # noqa: PLC0415 - pydicom does, but not yet

    logger = logging.getLogger("pydicom")
    before = logger.disabled
    logger.disabled = True
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield caught
    finally:
        logger.disabled = before
