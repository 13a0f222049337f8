"""`python -m dicomspec`."""

from dicomspec.faces.cli import main

main()
