"""The workflows: valid, pinned, with least permissions, and made of steps that run anywhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
"""Where the linters are installed, on the path or not."""
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.name)
def workflow(request):
    return request.param


def steps(workflow):
    jobs = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


def test_a_workflow_is_valid(workflow):
    """Every workflow follows the schema of workflows."""
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", workflow]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_workflow_passes_the_security_linter(workflow):
    """No workflow has a weakness that the linter knows: injection, loose permissions or pins."""
    command = [BIN / "zizmor", "--offline", "--no-progress", "--persona=regular", workflow]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_step_runs_anywhere(workflow):
    """Each run line is a make target or a planpub command, so that no step lives in CI alone."""
    for step in steps(workflow):
        for line in step.get("run", "").splitlines():
            command, *words = line.split()
            assert command == "planpub" or (command == "make" and words[0] in TARGETS), line


def test_every_action_is_pinned_to_a_commit(workflow):
    """What CI runs cannot be changed by moving a tag."""
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert [each for each in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", each)] == []
