"""`python -m generator` is `planpub`."""

from generator.cli import main

main(prog_name="planpub")
