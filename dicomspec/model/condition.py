"""Conditions of Types 1C and 2C, of Usage C, and of anything else that holds only "if".

`Unparsed` marks a condition whose sentence has not been read: it stands at its place in the standard
and evaluates to unknown.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A condition not read yet: where its text begins, and what that text was.

    `paragraph` is the xml:id of the paragraph, `digest` the first 16 hex digits of the SHA-256 of the
    text with white space and markup evened out.
    """

    paragraph: str
    digest: str


Condition = Unparsed
