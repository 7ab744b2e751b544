"""The sides of a comparison: where a version of a package may lie."""

import shutil
import zipfile

import pytest
from click.testing import CliRunner

from generator.cli import main


def diff(*arguments):
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def same(*sides):
    ran = diff(*sides)
    return ran.exit_code == 0 and "没有差别" in ran.stdout


def archive(folder, target, above=""):
    with zipfile.ZipFile(target, "w") as written:
        for each in sorted(folder.rglob("*.*")):
            written.write(each, above + each.relative_to(folder).as_posix())
    return target


@pytest.fixture
def repository(tmp_path, copy, git, edit, monkeypatch):
    """The package in a folder of a repository, tagged v1.2.0, then corrected; the folder itself."""
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    git(tmp_path, "tag", "v1.2.0")
    edit(copy / "data/targets.csv", ",120,", ",130,")
    git(tmp_path, "commit", "-qam", "second")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_folder_descriptor_and_zip_are_one(small, tmp_path):
    """A folder, its descriptor and a zip of it, also one with a folder on top, are the same."""
    old = small / "old"
    flat = archive(old, tmp_path / "flat.zip")
    nested = archive(old, tmp_path / "nested.zip", "package-1.2.0/")
    for side in (old / "datapackage.json", flat, nested):
        assert same(old, side)


@pytest.mark.parametrize(
    "side",
    [
        "v1.2.0:package",
        "v1.2.0:package/",
        "HEAD~1:package",
        "HEAD~1:package/datapackage.json",
        "HEAD@{2024-03-01 12:00:00}:package",
    ],
)
@pytest.mark.usefixtures("repository")
def test_a_git_revision_is_read(small, side):
    """A revision and a folder or descriptor in it is read as git has it."""
    assert same(small / "old", side)


def test_the_root_and_the_current_folder_of_a_revision(repository, small, git, monkeypatch):
    """`HEAD:` is the root of the repository, and `HEAD:./` the folder that one stands in."""
    git(repository, "mv", "package/datapackage.json", "package/data", ".")
    git(repository, "commit", "-qm", "third")
    assert "130" in diff(small / "old", "HEAD:").stdout
    (repository / "package").mkdir(exist_ok=True)
    monkeypatch.chdir(repository / "package")
    assert same(small / "old", "v1.2.0:./")


@pytest.mark.usefixtures("repository")
def test_attributes_do_not_hide_files_of_a_revision(small, copy, git, repository):
    """What git archive would leave out is still read."""
    (copy / ".gitattributes").write_text("data export-ignore\n", encoding="utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "third")
    assert "120 万户改为 130 万户" in diff(small / "old", "HEAD:package").stdout


def refused(*sides):
    ran = diff(*sides)
    assert ran.exit_code == 2
    assert not ran.stdout
    assert ran.exception is None or isinstance(ran.exception, SystemExit)
    return ran.stderr


@pytest.mark.parametrize(
    ("side", "code"),
    [
        ("nowhere", "side-missing"),
        ("-:x", None),
        ("v9:", "side-no-revision"),
        ("v1.2.0:nowhere", "side-no-revision"),
        ("v1.2.0:package/data", "descriptor-missing"),
        ("v1.2.0:package/data/units.csv", "descriptor-not-json"),
        ("a\nb:", "side-no-revision"),
        ("x" * 5000, "side-"),
        (".", "descriptor-missing"),
    ],
)
@pytest.mark.usefixtures("repository")
def test_a_side_that_is_not_there(small, side, code):
    """A side that cannot be read ends with code 2 and one clear problem, whichever side it is."""
    for sides in ((side, small / "old"), (small / "old", side)):
        assert (code or "") in refused(*sides)


def test_outside_a_repository_there_are_no_revisions(small, tmp_path, monkeypatch):
    """Without a repository, and without git, a revision is refused with the reason."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert "side-no-repository" in refused("HEAD:", small / "old")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "side-no-repository" in refused("HEAD:", small / "old")


@pytest.mark.parametrize("name", ["../datapackage.json", "/etc/x", "a/../../x", "C:/x", "a\\b"])
def test_an_unsafe_zip_is_refused(small, tmp_path, name):
    """A zip with a path that leads out of it is refused, even if that file is not needed."""
    packed = archive(small / "old", tmp_path / "old.zip")
    with zipfile.ZipFile(packed, "a") as written:
        written.writestr(zipfile.ZipInfo(name), "x")
    assert "zip-unsafe" in refused(small / "old", packed)


def test_a_zip_with_a_link_is_refused(small, tmp_path):
    """A symbolic link in a zip is refused."""
    packed = archive(small / "old", tmp_path / "old.zip")
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(packed, "a") as written:
        written.writestr(link, "/etc/passwd")
    assert "zip-unsafe" in refused(small / "old", packed)


def test_a_damaged_zip_is_refused(small, tmp_path):
    """A zip cut short, and one with a damaged member, end with code 2."""
    packed = archive(small / "old", tmp_path / "old.zip")
    content = packed.read_bytes()
    packed.write_bytes(content[: len(content) // 2])
    assert "side-unreadable" in refused(small / "old", packed)
    at = content.index("移动物联网".encode())
    packed.write_bytes(content[:at] + b"xxx" + content[at + 3 :])
    assert "file-unreadable" in refused(small / "old", packed)


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("datapackage.json", b"{", "descriptor-not-json"),
        ("datapackage.json", b"{}", "descriptor-incomplete"),
        ("data/units.csv", None, "file-missing"),
        ("data/units.csv", "unit_id,name\na,局\n".encode("gbk"), "encoding-error"),
        ("data/units.csv", b'unit_id,name\na,"b\n', "source-error"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(copy, small, file, content, code):
    """A side whose descriptor or tables cannot be read ends with code 2 and names the file."""
    if content is None:
        (copy / file).unlink()
    else:
        (copy / file).write_bytes(content)
    assert code in refused(small / "old", copy)


def test_a_resource_that_is_unsound_is_not_told_as_removed(copy, small, edit):
    """A table whose description is broken is not taken for removed: the side is unreadable."""
    edit(copy / "datapackage.json", '"fields"', '"fields": 1, "x"')
    assert "schema-error" in refused(small / "old", copy)


def test_a_path_out_of_the_package_is_refused(copy, small, edit):
    """A table that lies outside its package is not read, in a folder as in a zip."""
    shutil.copy(copy / "data/units.csv", copy.parent)
    edit(copy / "datapackage.json", "data/units.csv", "../units.csv")
    assert "unsafe-path" in refused(small / "old", copy)
    assert "unsafe-path" in refused(small / "old", archive(copy, copy.parent / "out.zip"))
