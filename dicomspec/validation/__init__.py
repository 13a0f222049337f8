"""Data sets held against the definitions of an edition."""
