"""How the outside reaches us: the command line."""
