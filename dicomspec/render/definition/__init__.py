"""A definition as a tree of plain dicts, lists and strings, which is its JSON; as text; as a page.

`tree` finds what has a name and builds the tree, `rows` expands tables of Attributes, `words` says
what a row asks in the words that `text` and `page` share.
"""

from dicomspec.render.definition.page import page
from dicomspec.render.definition.rows import Tree
from dicomspec.render.definition.text import text
from dicomspec.render.definition.tree import Definitions

__all__ = ["Definitions", "Tree", "page", "text"]
