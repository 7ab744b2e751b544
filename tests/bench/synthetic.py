"""Plans of any size that nobody wrote: valid packages, the same from the same seed.

Proportions are roughly those of a real plan; what a real plan keeps small stays small however many
records there are: eight parts, a dozen themes, at most 120 units. Every figure stands in the
evidence beside it, so that the packages pass all rules.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from generator.plan.schemas import profile_schema

Row = dict[str, Any]

_PARTS = (
    "总体要求",
    "基础设施",
    "产业发展",
    "数字治理",
    "民生服务",
    "要素市场",
    "区域协同",
    "保障措施",
)
_PLACES = (
    "城区",
    "园区",
    "乡镇",
    "矿区",
    "县域",
    "社区",
    "口岸",
    "新区",
    "高校",
    "枢纽",
    "牧区",
    "流域",
)
_FIELDS = (
    "数据",
    "能源",
    "教育",
    "医疗",
    "交通",
    "物流",
    "农业",
    "文旅",
    "水务",
    "环保",
    "金融",
    "算力",
)
_MANNERS = (
    "智能",
    "绿色",
    "开放",
    "联动",
    "移动",
    "远程",
    "精准",
    "共享",
    "韧性",
    "普惠",
    "融合",
    "先行",
)
_THINGS = (
    "平台",
    "中心",
    "基地",
    "网络",
    "系统",
    "机制",
    "标准",
    "目录",
    "园区",
    "队伍",
    "场景",
    "通道",
)
_VERBS = (
    "建设",
    "完善",
    "推广",
    "升级",
    "培育",
    "引进",
    "开放",
    "整合",
    "试点",
    "评估",
    "改造",
    "普及",
)
_BODIES = (
    "局",
    "委员会",
    "办公室",
    "服务中心",
    "管理处",
    "研究院",
    "促进会",
    "公司",
    "指挥部",
    "站",
)
_WORDS = ("cloud", "grid", "park", "school", "clinic", "road", "farm", "river", "bank", "data")
_THEMES = ("data", "energy", "health", "transport", "farming", "tourism", "water", "finance")
_MEASURES = {
    "%": ("百分比", "share", "%", 1),
    "家": ("家数", "count", "家", 1),
    "亿元": ("亿元", "money", "元", 100_000_000),
}
_UNIT_KINDS = ("municipal-department", "county-government", "public-institution")


@dataclass
class Synthetic:
    """The tables of one plan with `records` pages of records, themes among them."""

    records: int
    seed: int = 1
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Fill the tables, in the order in which they lean on each other."""
        self._random = Random(f"{self.seed}/{self.records}")
        leaves = max(len(_PARTS), self.records * 12 // 100)
        units = min(len(_PLACES) * len(_BODIES), max(4, self.records * 6 // 100))
        self.tables["sections"] = list(self._sections(leaves))
        self._leaves = [each for each in self.tables["sections"] if each["kind"] == "project"]
        self.tables["units"] = list(self._units(units))
        self.tables["assignments"] = list(self._assignments())
        self.tables["targets"] = list(self._targets(self.records * 10 // 100))
        self.tables["subsidy_terms"] = list(self._terms(self.records * 14 // 100))
        self.tables["subsidy_tiers"] = list(self._tiers())
        paged = ("sections", "units", "targets", "subsidy_terms")
        others = len(_THEMES) + sum(len(self.tables[each]) for each in paged)
        self.tables["tasks"] = list(self._tasks(max(leaves, len(_THEMES), self.records - others)))
        self.tables["readings"] = list(self._readings(self.records * 8 // 100))
        self.tables["ambiguities"] = list(self._ambiguities(self.records * 5 // 100))
        self.tables["measures"] = [
            dict(zip(("measure", "title", "quantity", "base_unit", "factor"), row, strict=True))
            for row in ((name, *rest) for name, rest in _MEASURES.items())
        ]

    def _sections(self, leaves: int) -> Iterator[Row]:
        """Parts, in each its sections of up to eight leaves, numbered through as they stand."""
        for position, row in enumerate(self._outline(leaves), start=1):
            summary = f"围绕{row['title']}提出目标、任务和支持政策。"
            yield {**row, "position": position, "summary": summary}

    def _outline(self, leaves: int) -> Iterator[Row]:
        for number, title in enumerate(_PARTS, start=1):
            part = f"part-{number}"
            yield _heading("part", part, "", number, title)
            for nth in range(len(range(number - 1, leaves, len(_PARTS)))):
                section = f"{part}-section-{nth // 8 + 1}"
                if nth % 8 == 0:
                    yield _heading("section", section, part, nth // 8 + 1, self._topic())
                leaf = f"{section}-project-{nth % 8 + 1}"
                yield _heading("project", leaf, section, nth % 8 + 1, f"{self._topic()}工程")

    def _units(self, count: int) -> Iterator[Row]:
        names = [f"{place}{body}" for body in _BODIES for place in _PLACES]
        for number, name in enumerate(names[:count], start=1):
            kind = _UNIT_KINDS[number % len(_UNIT_KINDS)]
            yield {"unit_id": f"unit-{number}", "name": name, "kind": kind}

    def _assignments(self) -> Iterator[Row]:
        """Two to four units a leaf; every unit answers for something."""
        units = self.tables["units"]
        for number, leaf in enumerate(self._leaves):
            first = units[number % len(units)]
            others = [unit for unit in self._random.sample(units, 3) if unit is not first]
            listed = [first, *others[: self._random.randint(1, 3)]]
            for position, unit in enumerate(listed, start=1):
                yield {
                    "section_id": leaf["section_id"],
                    "unit_id": unit["unit_id"],
                    "position": position,
                    "printed": unit["name"],
                }

    def _tasks(self, count: int) -> Iterator[Row]:
        for number in range(1, count + 1):
            title = f"{self._random.choice(_VERBS)}{self._topic()}"
            dated = self._random.random() < 0.2
            yield {
                "task_id": self._id("task", number),
                "section_id": self._leaf(number)["section_id"],
                "title": title,
                "summary": f"由牵头单位会同有关单位{title},按年度推进。",
                "due": "2030" if dated else "",
                "theme": _THEMES[number % len(_THEMES)],
                "evidence": f"到2030年,{title}" if dated else title,
            }

    def _targets(self, count: int) -> Iterator[Row]:
        for number in range(1, count + 1):
            indicator = f"{self._topic()}{self._random.choice(('覆盖率', '数量', '规模'))}"
            figure = self._figure(indicator) if self._random.random() < 0.6 else {}
            yield {
                "target_id": self._id("target", number),
                "section_id": self._leaf(number)["section_id"],
                "indicator": indicator,
                "kind": "quantitative" if figure else "qualitative",
                "recurrence": "once",
                "due": "2030" if figure else "",
                "due_basis": "printed" if figure else "none",
                "reading": "printed",
                "evidence": f"{indicator}稳步提高",
                **figure,
            }

    def _figure(self, indicator: str) -> Row:
        value, measure = self._random.randint(2, 99), self._random.choice(list(_MEASURES))
        return {
            "comparator": "eq",
            "value": value,
            "measure": measure,
            "evidence": f"到2030年,{indicator}达到{value}{measure}",
        }

    def _terms(self, count: int) -> Iterator[Row]:
        for number in range(1, count + 1):
            topic, tiered = self._topic(), number % 10 == 0
            rate, cap = self._random.randint(5, 50), self._random.randint(10, 900)
            figure = {"basis": "project-investment", "rate_kind": "ceiling", "rate_pct": rate}
            yield {
                "term_id": self._id("term", number),
                "section_id": self._leaf(number)["section_id"],
                "title": f"{topic}补助",
                "beneficiary": f"{topic}企业",
                "beneficiary_kind": "enterprise",
                "eligibility": f"投资{topic}且项目经过认定",
                "instrument": "grant",
                "payer_level": ("national", "province", "city", "unstated")[number % 4],
                **({} if tiered else {**figure, "cap_yuan": cap * 10_000}),
                "per": "project",
                "frequency": "once",
                "certainty": ("may-apply", "recommended", "granted")[number % 3],
                "tiers_apply": "highest" if tiered else "",
                "quantified": "true",
                "reading": "printed",
                "evidence": f"对{topic}项目按投资额不超过{rate}%、最高{cap}万元给予补助"
                if not tiered
                else f"{topic}年营收首次达到1亿元、5亿元的,分别奖励100万元、300万元",
            }

    def _tiers(self) -> Iterator[Row]:
        for term in self.tables["subsidy_terms"]:
            steps = ((1, 1, 1_000_000), (2, 5, 3_000_000)) if term["tiers_apply"] else ()
            for tier, threshold, amount in steps:
                yield {
                    "term_id": term["term_id"],
                    "tier": tier,
                    "condition": f"年营收首次达到{threshold}亿元",
                    "threshold_min": threshold,
                    "threshold_measure": "亿元",
                    "amount_yuan": amount,
                }

    def _readings(self, count: int) -> Iterator[Row]:
        for number in range(1, count + 1):
            printed = self._topic()
            yield {
                "reading_id": f"reading-{number}",
                "section_id": self._leaf(number)["section_id"],
                "printed": printed[:-1],
                "reading": printed,
                "confidence": "high",
                "affects": "名称",
                "note": "末字丢失。",
            }

    def _ambiguities(self, count: int) -> Iterator[Row]:
        tasks = self.tables["tasks"]
        for number in range(1, count + 1):
            task = tasks[number % len(tasks)]
            yield {
                "ambiguity_id": f"question-{number}",
                "section_id": task["section_id"],
                "question": f"{task['title']}由谁验收",
                "readings": "由责任单位自验;由第三方验收",
                "matters": "影响何时算完成",
                "records": task["task_id"],
            }

    def _topic(self) -> str:
        return "".join(
            self._random.choice(words) for words in (_PLACES, _MANNERS, _FIELDS, _THINGS)
        )

    def _id(self, kind: str, number: int) -> str:
        return f"{self._random.choice(_WORDS)}-{kind}-{number}"

    def _leaf(self, number: int) -> Row:
        """Each leaf in turn, so that none is left without a task."""
        return self._leaves[number % len(self._leaves)]


def _heading(kind: str, section_id: str, parent: str, number: int, title: str) -> Row:
    return {
        "section_id": section_id,
        "parent_id": parent,
        "kind": kind,
        "number": number,
        "title": title,
    }


def write_plan(folder: Path, records: int, seed: int = 1) -> Path:
    """Write a package with `records` pages of records; return its descriptor.

    From 120 records on the number is exact; a smaller plan has as many as a plan needs to be whole.
    """
    tables = Synthetic(records, seed).tables
    for name, rows in tables.items():
        path = folder / "data" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            columns = [each["name"] for each in profile_schema(name)["fields"]]
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    descriptor = folder / "datapackage.json"
    text = json.dumps(_descriptor(list(tables)), ensure_ascii=False, indent=2)
    descriptor.write_text(text + "\n", encoding="utf-8")
    return descriptor


def _descriptor(tables: list[str]) -> dict[str, Any]:
    official = {
        "title": "未来市数字发展方案",
        "document_number": "未政发〔2026〕1号",
        "issuer": "未来市人民政府",
        "date": "2026-01-01",
        "sha256": "0" * 64,
    }
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "synthetic-plan",
        "title": official["title"],
        "description": "为测量速度而生成的方案,不是真实的政府文件。",
        "version": "1.0.0",
        "created": "2026-01-01T00:00:00Z",
        "keywords": ["合成数据"],
        "licenses": [
            {"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}
        ],
        "sources": [official],
        "contributors": [{"title": "planpub"}],
        "plan": {
            "jurisdiction": "未来市",
            "issuer": official["issuer"],
            "document_number": official["document_number"],
            "issued": "2026-01-01",
            "published": "2026-01-01",
            "period_start": "2026",
            "period_end": "2030",
            "language": "zh-CN",
        },
        "resources": [_resource(name) for name in tables],
    }


def _resource(table: str) -> dict[str, Any]:
    schema = profile_schema(table)
    return {
        "name": table,
        "title": schema["title"],
        "description": schema["description"],
        "type": "table",
        "path": f"data/{table}.csv",
        "format": "csv",
        "encoding": "utf-8",
        "schema": {"foreignKeys": [], **schema},
    }
