"""One version of a plan's data: every file that goes out, under fixed names, made once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from generator.publication.downloads.bundle import bundle, licence, readme
from generator.publication.downloads.citation import (
    Work,
    citation_cff,
    creators,
    official_text,
)
from generator.publication.downloads.cover import cover, package_facts, source_rows
from generator.publication.downloads.database import Appendix, package_sqlite
from generator.publication.downloads.datasets import Dataset, datasets
from generator.publication.downloads.descriptor import (
    Listed,
    descriptor,
    table_resource,
    text_resource,
)
from generator.publication.downloads.dictionary import DICTIONARY_COLUMNS, dictionary_rows
from generator.publication.downloads.formats import (
    CSV,
    DESCRIPTOR,
    EXCEL_CSV,
    JSON,
    PARQUET,
    SQLITE,
    XLSX,
    ZIP,
    Format,
)
from generator.publication.downloads.parquet import table_parquet
from generator.publication.downloads.tables import excel_csv, machine_csv, sheet_csv, table_json
from generator.publication.downloads.workbook import Leaf, package_xlsx, sheet_names
from generator.publication.views.edition import Edition


@dataclass(frozen=True)
class DataFile:
    """A file to take away; `name` is what it is called in the folder of the data."""

    name: str
    format: Format
    content: bytes

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)

    @cached_property
    def sha256(self) -> str:
        """The sum by which a reader knows that it arrived whole."""
        return sha256(self.content).hexdigest()

    @property
    def listed(self) -> Listed:
        """As the descriptor lists it."""
        return Listed(self.name, self.format.media_type, self.content)


@dataclass(frozen=True)
class DataRelease:
    """What goes out of one version of a plan's data, for the site at `site_url`.

    `questions` is the address where they are taken, or empty.
    """

    edition: Edition
    site_url: str
    questions: str = ""

    @cached_property
    def datasets(self) -> tuple[Dataset, ...]:
        """The tables, the joined ones last."""
        return datasets(self.edition, self.site_url)

    @property
    def folder(self) -> str:
        """Where the files lie, always the newest version's."""
        return self.edition.page("data")

    @property
    def version_folder(self) -> str:
        """Where the same files lie for as long as there is a site."""
        return self.folder_of(self.edition.plan.about.version)

    def folder_of(self, version: str) -> str:
        """Where the files of a version lie."""
        return f"{self.folder}v{version}/"

    def version_file(self, name: str) -> str:
        """The address of a file of this version, which keeps it for good."""
        return f"{self.version_folder}{name}"

    @property
    def first_day(self) -> str:
        """The day on which the package was first made, YYYY-MM-DD."""
        return self.edition.plan.about.created[:10]

    @property
    def day(self) -> str:
        """The day of this version: of the data's last change, or else of the package."""
        return self.edition.chronicle.day or self.first_day

    @property
    def moment(self) -> datetime:
        """The date that files bear inside: never the time of the build, so that bytes are equal."""
        try:
            return datetime.fromisoformat(self.day)
        except ValueError:
            return datetime(1980, 1, 1)  # noqa: DTZ001 - zips and workbooks know no time zones

    def page(self, dataset: Dataset) -> str:
        """The address of a table's page."""
        return f"{self.folder}{dataset.stem}/"

    def work(self, dataset: Dataset | None = None) -> Work:
        """What is cited: a table, or the whole package."""
        about = self.edition.plan.about
        path = self.page(dataset) if dataset else self.folder
        title = about.title
        if dataset:
            title = self.edition.words.text(
                "%(plan)s: %(table)s", plan=about.title, table=dataset.table.title
            )
        return Work(
            key=f"{about.name}-{dataset.stem}" if dataset else about.name,
            title=title,
            authors=creators(about),
            version=about.version,
            released=self.day,
            url=self.site_url + path,
        )

    @cached_property
    def table_files(self) -> Mapping[str, tuple[DataFile, ...]]:
        """The files of each table by its stem, the CSV first."""
        return {dataset.stem: tuple(self._table_files(dataset)) for dataset in self.datasets}

    def _table_files(self, dataset: Dataset) -> Iterator[DataFile]:
        about = self._said_of(dataset)
        contents = (
            (CSV, machine_csv(dataset)),
            (EXCEL_CSV, excel_csv(dataset)),
            (JSON, table_json(dataset, about)),
            (PARQUET, table_parquet(dataset, about)),
        )
        for form, content in contents:
            yield DataFile(f"{dataset.stem}{form.ending}", form, content)

    def _said_of(self, dataset: Dataset) -> dict[str, Any]:
        """What travels inside the files of a table."""
        about = self.edition.plan.about
        return {
            "package": about.name,
            "version": about.version,
            "released": self.day,
            "table": dataset.table.name,
            "title": self.work(dataset).title,
            "description": dataset.table.description,
            "page": self.site_url + self.page(dataset),
            "license": self._licence,
            "source": self.source,
        }

    @property
    def _licence(self) -> str:
        first = next(iter(self.edition.plan.about.licenses), {})
        return str(first.get("path") or first.get("name") or "")

    @property
    def source(self) -> str:
        """What the data was read from, as one cites it."""
        return official_text(self.edition.plan.about, self.edition.words)

    @property
    def method(self) -> str:
        """How the data was made."""
        return self.edition.words.text(
            "Read clause by clause from the official text; every figure is checked against the "
            "words it was read from."
        )

    @cached_property
    def package_files(self) -> tuple[DataFile, ...]:
        """The files of the whole package: workbook, database, zip, descriptor."""
        name = self.edition.plan.about.name
        workbook = DataFile(f"{name}{XLSX.ending}", XLSX, self._workbook())
        packed = (
            workbook,
            DataFile(f"{name}{SQLITE.ending}", SQLITE, self._database()),
            DataFile(f"{name}{ZIP.ending}", ZIP, self._bundle(workbook)),
        )
        described = self._descriptor(others=packed)
        return (*packed, DataFile(DESCRIPTOR.ending, DESCRIPTOR, described))

    @cached_property
    def text_files(self) -> Mapping[str, Listed]:
        """Resources that are no tables, by name: the official text, where the package has it."""
        text = self.edition.plan.source_text
        if text is None:
            return {}
        return {"source_text": Listed("source_text.txt", "text/plain", text.encode())}

    @cached_property
    def _dictionary(self) -> list[list[str | int]]:
        return dictionary_rows(self.datasets, self.edition.words)

    @cached_property
    def sheets(self) -> Mapping[str, Dataset]:
        """The tables by the sheets of the workbook that they are on, the joined ones first."""
        joined_first = sorted(self.datasets, key=lambda dataset: not dataset.joined)
        titles = [each.table.title for each in joined_first]
        names = sheet_names([self.edition.words.text("About"), *titles])[1:]
        return dict(zip(names, joined_first, strict=True))

    def _workbook(self) -> bytes:
        text, about = self.edition.words.text, self.edition.plan.about
        first = cover(about, self.work(), self.sheets, self.edition.words)
        leaves = (
            Leaf(text("Dictionary"), self._dictionary),
            Leaf(text("Sources"), source_rows(about, self.edition.words)),
        )
        return package_xlsx(about.title, self.moment, first, self.sheets, leaves)

    def _database(self) -> bytes:
        facts = package_facts(self.edition.plan.about, self.work(), self.edition.words)
        appendices = (
            Appendix("_about", ("name", "value"), facts),
            Appendix("_columns", DICTIONARY_COLUMNS, self._dictionary[1:]),
        )
        return package_sqlite(self.datasets, appendices)

    def _bundle(self, workbook: DataFile) -> bytes:
        about, words = self.edition.plan.about, self.edition.words
        files = {
            "README.md": readme(self.work(), about, self.datasets, words),
            "LICENSE.txt": licence(about, words),
            "CITATION.cff": citation_cff(self.work(), about),
            "datapackage.json": self._descriptor(folder="data/", everything=False),
            "dictionary.csv": sheet_csv([list(map(str, row)) for row in self._dictionary]),
            workbook.name: workbook.content,
            **{f"data/{file.name}": file.content for file, *_ in self.table_files.values()},
            **{f"data/{file.name}": file.content for file in self.text_files.values()},
        }
        return bundle(files, self.moment)

    def _descriptor(
        self, folder: str = "", others: Sequence[DataFile] = (), *, everything: bool = True
    ) -> bytes:
        """The descriptor of the tables in a folder: with `everything` of every format of them."""
        plan = self.edition.plan
        resources = [
            table_resource(plan, each, [file.listed for file in files], folder)
            for each, files in (
                (each, self.table_files[each.stem][: None if everything else 1])
                for each in self.datasets
            )
        ]
        texts = (text_resource(plan, *each, folder) for each in self.text_files.items())
        listed = [file.listed for file in others]
        return descriptor(plan, self.work().url, [*resources, *texts], listed)

    @property
    def contents(self) -> Mapping[str, bytes]:
        """Every file by its name."""
        return {
            **{file.name: file.content for files in self.table_files.values() for file in files},
            **{file.name: file.content for file in self.package_files},
            **{file.name: file.content for file in self.text_files.values()},
        }

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file at its address, and again at that of its version."""
        contents = self.contents
        for folder in (self.folder, self.version_folder):
            yield from ((f"{folder}{name}", content) for name, content in contents.items())
