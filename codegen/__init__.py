"""The generator: DocBook of the standard → definitions."""
