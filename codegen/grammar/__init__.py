"""The grammars: of conditions as the standard words them, and as we word them."""
