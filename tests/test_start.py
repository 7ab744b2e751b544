"""planpub answers at once: what a command does not need is not loaded."""

import subprocess
import sys

import pytest

HEAVY = ("pandas", "altair", "vl_convert", "mkdocs", "frictionless", "jinja2", "pyarrow", "feedgen")
ASK = """
import sys
from generator.cli import main
try:
    main(sys.argv[1:], prog_name="planpub")
finally:
    print("loaded:", *sorted({name.partition(".")[0] for name in sys.modules}))
"""


def loaded(*arguments):
    """What a command said, and the packages that it loaded on the way."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, *arguments], capture_output=True, text=True, check=False
    )
    said, _, modules = done.stdout.partition("loaded:")
    return said, set(modules.split())


def test_the_version_comes_without_a_heavy_library():
    """`planpub --version` loads none of the libraries that a build needs."""
    for command in ("--version", "--help"):
        said, modules = loaded(command)
        assert "planpub" in said
        assert modules.isdisjoint(HEAVY)


@pytest.mark.parametrize("content", ["{ no JSON", "{}", '{"name": "Bad Name", "resources": []}'])
def test_a_broken_descriptor_is_reported_without_a_heavy_library(tmp_path, content):
    """An editor hears of a broken descriptor at once: the tables are not looked at."""
    (tmp_path / "datapackage.json").write_text(content)
    said, modules = loaded("validate", str(tmp_path / "datapackage.json"))
    assert "datapackage.json" in said
    assert modules.isdisjoint(HEAVY)
