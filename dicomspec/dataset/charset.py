"""Specific Character Set → the encodings that pydicom decodes text with."""

from __future__ import annotations

from functools import lru_cache

from pydicom.charset import convert_encodings, python_encoding

from dicomspec.dataset.quiet import quiet

DEFAULT = "iso8859"  # PS3.5 6.1.2.1: ISO-IR 6; bytes beyond it are decoded one to one


@lru_cache(maxsize=256)
def encodings(value: bytes) -> list[str]:
    """Return Python's encodings for a value of (0008,0005); what is wrong with it is for checks.

    A term that isn't a Defined Term is never looked up among Python's own encodings.
    """
    # PS3.3 C.12.1.1.2: Value 1 may be empty; the terms are padded with spaces
    terms = [term.strip(" \0") for term in value.decode("latin-1").split("\\")]
    known = [term if term in python_encoding else "ISO_IR 6" for term in terms]
    if len(known) == 1:
        return [python_encoding[known[0]]]
    with quiet():
        found: list[str] = convert_encodings(known)
    return found
