"""A new, empty package: its descriptor, its tables, and the configuration of its site."""

import json
import re
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from generator.intake.files import why
from generator.plan.records import RECORD_TYPES
from generator.plan.schemas import profile_schema

_LEFT_OUT = {"observations", "redirects"}
"""Tables that a plan only comes to need in time."""


class CannotScaffold(Exception):
    """The folder holds something already, which must not be lost, or cannot be written to."""


def scaffold(folder: Path) -> list[Path]:
    """Write a package that validates into a new or empty folder; return the files written.

    Raises CannotScaffold, having written nothing if the folder holds something.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CannotScaffold(f"{folder} 不是空文件夹；请给出一个新的文件夹名")
        return _write(folder)
    except OSError as error:
        raise CannotScaffold(f"不能在 {folder} 中写文件：{why(error)}") from error


def _write(folder: Path) -> list[Path]:
    tables = [name for name in RECORD_TYPES if name not in _LEFT_OUT]
    descriptor = _descriptor(_slug(folder.resolve().name), tables)
    contents = {
        "datapackage.json": json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n",
        **{f"data/{name}.csv": _header(name) for name in tables},
        **_site_files(),
    }
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")
    return [folder / name for name in contents]


def _slug(name: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return slug if re.match("[a-z]", slug) else f"plan-{slug}".strip("-")


def _header(table: str) -> str:
    return ",".join(field["name"] for field in profile_schema(table)["fields"]) + "\n"


def _site_files() -> dict[str, str]:
    templates = files("generator.intake").joinpath("starter")
    return {
        "mkdocs.yml": templates.joinpath("mkdocs.yml").read_text("utf-8"),
        "docs/help.md": templates.joinpath("help.md").read_text("utf-8"),
    }


def _descriptor(name: str, tables: list[str]) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "title": "计划的名称",
        "description": "这份计划是什么，一两句话。",
        "version": "0.1.0",
        "created": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "keywords": [],
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "知识共享 署名 4.0 国际",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "sources": [
            {
                "title": "印发文件的标题",
                "document_number": "文号",
                "issuer": "印发机关",
                "date": f"{now.year}-01-01",
                "sha256": "",
            }
        ],
        "contributors": [{"title": "数据整理者", "roles": ["creator", "contact"]}],
        "plan": {
            "jurisdiction": "适用的地方",
            "issuer": "印发机关",
            "document_number": "文号",
            "issued": f"{now.year}-01-01",
            "published": f"{now.year}-01-01",
            "period_start": str(now.year),
            "period_end": str(now.year + 2),
            "language": "zh-CN",
        },
        "resources": [_resource(table) for table in tables],
    }


def _resource(table: str) -> dict[str, Any]:
    schema = profile_schema(table)
    declared = {key: schema[key] for key in schema if key not in {"title", "description"}}
    return {
        "name": table,
        "title": schema["title"],
        "description": schema["description"],
        "type": "table",
        "path": f"data/{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ","},
        "schema": {**declared, "foreignKeys": declared.get("foreignKeys", [])},
    }
