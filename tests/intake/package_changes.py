"""A package with something wrong in it: the sound one in tests/packages/qinghe, changed as told.

A case folder holds `change.toml`, a list of changes in the order in which they are made:

    [[cell]]   file, row (as a spreadsheet counts), column, to
    [[line]]   file, number (of the line in the file), to; without `to` the line is removed
    [[add]]    file, line: appended
    [[set]]    at (a list that leads into datapackage.json; things in a list by name, or by number
               from 0), to; without `to` the entry is removed
    [[text]]   file, find (stands there once), to
    [[file]]   path, and one of: text, hex (bytes), encoding (encode what is there), mark = true
               (a byte-order mark), link (where a symbolic link leads), folder = true; without
               any of them the file is removed
"""

import csv
import io
import json
import shutil
import tomllib
from pathlib import Path

PACKAGES = Path(__file__).parent.parent / "packages"
SOUND = PACKAGES / "qinghe"
CASES = Path(__file__).parent / "cases"
DESCRIPTOR = "datapackage.json"


def changed_package(case: Path, folder: Path) -> Path:
    """Copy the sound package to `folder`, change it as the case says, return its descriptor."""
    shutil.copytree(SOUND, folder, dirs_exist_ok=True)
    document = tomllib.loads((case / "change.toml").read_text("utf-8"))
    for kind, changes in document.items():
        for change in changes:
            MAKE[kind](folder, **change)
    return folder / DESCRIPTOR


def read_rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))


def write_rows(path: Path, rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def change_cell(folder: Path, file: str, row: int, column: str, to: str) -> None:
    rows = read_rows(folder / file)
    rows[row - 1][rows[0].index(column)] = to
    write_rows(folder / file, rows)


def change_line(folder: Path, file: str, number: int, to: str | None = None) -> None:
    lines = (folder / file).read_text("utf-8").split("\n")
    lines[number - 1 : number] = [] if to is None else [to]
    (folder / file).write_text("\n".join(lines), encoding="utf-8", newline="")


def add_line(folder: Path, file: str, line: str) -> None:
    with (folder / file).open("a", encoding="utf-8", newline="") as stream:
        stream.write(line + "\n")


def change_entry(folder: Path, at: list[str | int], to: object = None) -> None:
    descriptor = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
    *way, last = at
    holder = descriptor
    for step in way:
        holder = holder[_key(holder, step)]
    if to is None:
        del holder[_key(holder, last)]
    elif isinstance(holder, list) and last == len(holder):
        holder.append(to)
    else:
        holder[_key(holder, last)] = to
    text = json.dumps(descriptor, ensure_ascii=False, indent=2)
    (folder / DESCRIPTOR).write_text(text + "\n", encoding="utf-8")


def _key(holder: object, step: str | int) -> str | int:
    if isinstance(holder, list) and isinstance(step, str):
        return next(place for place, each in enumerate(holder) if each["name"] == step)
    return step


def change_text(folder: Path, file: str, find: str, to: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert text.count(find) == 1, f"{find!r} stands {text.count(find)} times in {file}"
    (folder / file).write_text(text.replace(find, to), encoding="utf-8", newline="")


def change_file(root: Path, /, path: str, **to: str | bool) -> None:
    place = root / path
    content = place.read_bytes() if place.is_file() else b""
    place.unlink(missing_ok=True)
    match to:
        case {"text": text}:
            place.write_text(text, encoding="utf-8", newline="")
        case {"hex": digits}:
            place.write_bytes(bytes.fromhex(digits))
        case {"encoding": encoding}:
            place.write_bytes(content.decode("utf-8").encode(encoding))
        case {"mark": True}:
            place.write_bytes(b"\xef\xbb\xbf" + content)
        case {"link": target}:
            place.symlink_to(target)
        case {"folder": True}:
            place.mkdir()


MAKE = {
    "cell": change_cell,
    "line": change_line,
    "add": add_line,
    "set": change_entry,
    "text": change_text,
    "file": change_file,
}
