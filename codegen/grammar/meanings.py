"""Codes with their Code Meanings, by `meanings.toml`: conditions name many codes by number only."""

import tomllib
from functools import lru_cache
from pathlib import Path

from dicomspec.model import Code

_MEANINGS = Path(__file__).with_name("meanings.toml")


@lru_cache(maxsize=1)
def _meanings() -> dict[str, dict[str, str]]:
    return tomllib.loads(_MEANINGS.read_text(encoding="utf-8"))


def code(value: str, scheme: str) -> Code:
    """Return a code with its meaning, where that is known."""
    return Code(value, scheme, _meanings().get(scheme, {}).get(value, ""))
