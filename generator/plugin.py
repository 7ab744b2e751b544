"""The MkDocs plugin. The only module that knows MkDocs; nothing in it outlives a build.

Overview pages become ordinary MkDocs pages. For the records MkDocs renders one frame page a kind,
and everything of that kind is hung in it (see publication/frame.py).
"""

import logging
import os
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from mkdocs.commands.build import build
from mkdocs.config import config_options as options
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.history.past import past_versions
from generator.history.releases import read_history
from generator.intake.load import load
from generator.intake.problems import PackageRefused, Problem, as_text
from generator.publication.frame import FRAME_PAGE, Frame, slot
from generator.publication.pages import Page, kept_bytecode
from generator.publication.policy import with_policy
from generator.publication.promises import Promises
from generator.publication.publication import ICON, SCRIPTS, STYLESHEETS, Publication
from generator.publication.search import CARDS, IndexFailed
from generator.publication.shelf import Shelf
from generator.publication.site import Host, PlanSite
from generator.publication.swap import Staged
from generator.steps import Steps

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

THEME_ICON = "assets/images/favicon.png"
"""The theme's own icon; a site that names another keeps it."""

CACHE_FOLDER = ".planpub/cache"
"""Where drawn charts and compiled templates are kept, as seen from mkdocs.yml."""


class PlanpubConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    packages = options.ListOfItems(options.Type(str), default=["datapackage.json"])
    """Descriptors of the packages to publish, as seen from mkdocs.yml."""

    branch = options.Type(str, default="main")
    """The branch of the repository that links to rows of the tables lead to."""


class PlanpubPlugin(BasePlugin[PlanpubConfig]):  # type: ignore[no-untyped-call]
    """Publishes data packages of government plans."""

    publication: Publication
    """Made anew at the start of every build, as is all that follows."""
    hand_written: dict[str, File]
    """The site's own pages by the path they are written to; they win over ours."""
    frames: dict[str, Frame]
    """Rendered frames by the address of their page."""
    steps: Steps
    """Where the steps of a build are told; nowhere unless `build_site` says."""
    served: Path | None = None
    """The site that this build will take the place of; what it has already is not written anew."""

    def __init__(self) -> None:
        """Tell no one of the steps, until somebody wants to know."""
        self.steps = Steps()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the packages; lay our templates, styles and navigation under the site's own."""
        if not config.use_directory_urls:
            raise PluginError(
                "planpub 的网址都以 / 结尾：请从 mkdocs.yml 删去 use_directory_urls: false"
            )
        shelf = Shelf(cache_folder(config))
        with self.steps.step("读取并校验数据"):
            sites = tuple(self._sites(config, shelf))
        self.publication = Publication(sites)
        self.frames = {}
        with self.steps.step("画图"):
            self.publication.draw()
        with self.steps.step("生成下载文件"):
            self.publication.pack()
        config.theme.dirs.insert(0, str(self.publication.theme_folder))
        config.copyright = "<br>".join(filter(None, (config.copyright, *self._foot())))
        config.extra["generator"] = False  # the colophon names the theme, in the site's language
        config.extra_css[:0] = STYLESHEETS
        if config.theme["favicon"] == THEME_ICON:
            config.theme["favicon"] = ICON
        config.extra_javascript.extend(SCRIPTS)
        config.nav = self.publication.navigation(config.nav or [])
        return config

    def _foot(self) -> Iterator[str]:
        """Which version and date the site shows, and what made it: the foot of every page."""
        several = len(self.publication.sites) > 1
        for site in self.publication.sites:
            plan = f"{site.plan.about.title} " if several else ""
            yield escape(plan + site.edition.imprint)
        yield self.publication.colophon

    def _sites(self, config: MkDocsConfig, shelf: Shelf) -> Iterator[PlanSite]:
        root = Path(config.config_file_path).parent
        refused: list[Problem] = []
        for descriptor in self.config.packages:
            try:
                plan = load(root / descriptor)
            except PackageRefused as error:
                refused.extend(error.problems)
                continue
            folder = Path(descriptor).parent.as_posix()
            host = Host(
                site_url=config.site_url or "/",
                repository=config.repo_url or "",
                branch=self.config.branch,
                folder="" if folder == "." else f"{folder}/",
            )
            history = read_history(root / descriptor)
            past = past_versions(root / descriptor, history) if history else {}
            yield PlanSite(plan, host, history, past, shelf)
        if refused:
            raise PluginError(as_text(refused))

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add overviews, frames and downloads; a hand-written page of the same address wins."""
        self.hand_written = {file.dest_uri: file for file in files}
        for path in (*self.publication.overviews, *self.publication.frames):
            self._add(files, File.generated(config, f"{path}index.md", content=""))
        for path, content in self.publication.files():
            self._add(files, File.generated(config, path, content=content))
        return files

    def _add(self, files: Files, file: File) -> None:
        if file.dest_uri not in self.hand_written:
            file.inclusion = InclusionLevel.NOT_IN_NAV
            files.append(file)

    def on_env(self, env: Any, config: MkDocsConfig, **_: Any) -> Any:
        """Give the theme our dialog of search and our page for addresses without one."""
        env.globals["planpub_search"] = self.publication.search_dialog
        env.globals["planpub_missing"] = self.publication.missing_page
        env.bytecode_cache = kept_bytecode(cache_folder(config))
        return env

    def on_nav(self, nav: Navigation, files: Files, **_: Any) -> Navigation:
        """Date the pages by the data, not by the clock, so that builds of one commit are equal."""
        for file in files.documentation_pages():
            if file.page:
                file.page.update_date = self.publication.day
        return nav

    def _page(self, page: HostPage) -> Page | None:
        """What we put on a page of the host's, or None where it is not ours."""
        if page.file.dest_uri in self.hand_written:
            return None
        return FRAME_PAGE if self._is_frame(page) else self.publication.overviews.get(page.url)

    def _is_frame(self, page: HostPage) -> bool:
        return page.url in self.publication.frames

    def on_page_markdown(self, markdown: str, page: HostPage, **_: Any) -> str:
        """Give our pages their title and description; their content is no Markdown."""
        ours = self._page(page)
        if ours:
            page.meta = {
                "title": escape(ours.title),
                "description": escape(ours.description),
                "head": ours.head,
                "hide": self._hidden(page, ours),
            }
        return markdown

    def _hidden(self, page: HostPage, ours: Page) -> list[str]:
        """Sidebars with nothing to say: a page that is a tab by itself, a single heading."""
        navigation = [] if self.publication.has_siblings(page.url) else ["navigation"]
        return navigation if len(ours.headings) > 1 else [*navigation, "toc"]

    def on_page_content(self, html: str, page: HostPage, **_: Any) -> str:
        """Put the content of our pages in, and their headings into the table of contents."""
        ours = self._page(page)
        if ours is None:
            return html
        top = AnchorLink("", "content", 1)
        top.children = [AnchorLink(words, anchor, 2) for anchor, words in ours.headings]
        page.toc = TableOfContents([top])
        return ours.content

    def on_page_context(
        self, context: Any, page: HostPage, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """Show a frame as part of the overview that its records belong under."""
        ours = self._page(page)
        if self._is_frame(page):
            page.canonical_url = slot("canonical")
        elif ours and ours.canonical is not None and config.site_url:
            page.canonical_url = urljoin(config.site_url, ours.canonical)
        elif ours is None:
            about = str(page.meta.get("description") or config.site_description or "")
            head = self.publication.prose_head(str(page.title), about, page.url)
            context["planpub_head"] = head
        shown = self.publication.navigation_of(page.url)
        for each in nav.pages:
            each.active = False
        for each in nav.pages:
            if each.url == shown:
                each.active = True  # and with it the heading that it stands under
        return context

    @event_priority(-100)  # after every other plugin, so that the frame has what they add
    def on_post_page(self, output: str, page: HostPage, **_: Any) -> str:
        """Give every page its policy and keep the frames, which are no pages of the site."""
        output = with_policy(output)
        if not self._is_frame(page):
            return output
        self.frames[page.url] = Frame.cut(output)
        return ""

    def _is_taken(self, path: str) -> bool:
        """Whether a page written by hand stands where this file, or its page, would."""
        page = path.removeprefix(CARDS)
        for ending in (".json", ".html", "/index"):
            page = page.removesuffix(ending)
        return f"{page}/index.html" in self.hand_written

    @event_priority(-100)  # when no other plugin writes to the site any more
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Hang the records in their frames, and make the search index of all pages."""
        staged = Staged(Path(config.site_dir), self.served)
        cards: dict[str, bytes] = {}
        with self.steps.step("生成记录页"):
            for address, frame in self.frames.items():
                for path, content in self.publication.records(address, frame):
                    if self._is_taken(path):
                        continue
                    if path.startswith(CARDS):
                        cards[path] = content
                    else:
                        staged.put(path, content)
            for path, content in self.publication.past_files():
                staged.put(path, content)
        own = (file.dest_uri for file in self._own_pages())
        try:
            with self.steps.step("建立搜索索引"):
                self.publication.index(Path(config.site_dir), cards, own)
        except IndexFailed as error:
            raise PluginError(str(error)) from error

    def _own_pages(self) -> Iterator[File]:
        """The site's hand-written pages that are published."""
        left_out = {InclusionLevel.EXCLUDED, InclusionLevel.DRAFT}
        for file in self.hand_written.values():
            if file.is_documentation_page() and file.inclusion not in left_out:
                yield file

    def on_post_template(self, output: str, template_name: str, config: MkDocsConfig) -> str:
        """List every page in the sitemap, records too."""
        if template_name != "sitemap.xml":
            return with_policy(output)
        own = [file.url for file in self._own_pages()]
        return self.publication.sitemap(config.site_url or "/", own)

    def on_serve(
        self, server: "LiveReloadServer", config: MkDocsConfig, **_: Any
    ) -> "LiveReloadServer":
        """Build again when a package changes."""
        root = Path(config.config_file_path).parent
        for descriptor, site in zip(self.config.packages, self.publication.sites, strict=True):
            server.watch(str(root / descriptor))
            for table in site.plan.tables.values():
                server.watch(str((root / descriptor).parent / table.path))
        return server


def cache_folder(config: MkDocsConfig) -> Path:
    """Where a site's build keeps what took long to make."""
    return Path(config.config_file_path).parent / CACHE_FOLDER


class SiteNotBuilt(Exception):
    """MkDocs did not build the site; the message says why."""


def load_site(config_file: Path) -> MkDocsConfig:
    """The configuration of a site. Raises SiteNotBuilt where it cannot be read."""
    # Silences the theme's advertisement for its successor.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    try:
        return load_config(str(config_file))
    except MkDocsException as error:
        raise SiteNotBuilt(str(error)) from error


def build_site(config: MkDocsConfig, folder: Path, served: Path, steps: Steps) -> Promises:
    """Build a site into a folder, to take the place of the one that is served.

    Returns what it must answer. Raises SiteNotBuilt with what MkDocs and its plugins said.
    """
    config.site_dir = str(folder)
    ours = [each for each in config.plugins.values() if isinstance(each, PlanpubPlugin)]
    for plugin in ours:
        plugin.served = served if served.is_dir() else None
        plugin.steps = steps
    said = _Said()
    log = logging.getLogger("mkdocs")
    log.addHandler(said)
    try:
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except (MkDocsException, Abort) as error:
        raise SiteNotBuilt("\n".join(said.messages) or str(error)) from error
    finally:
        log.removeHandler(said)
        config.plugins.on_shutdown()
    return Promises.of_all(plugin.publication.promises for plugin in ours)


class _Said(logging.Handler):
    """Keeps warnings and errors, which MkDocs logs before it gives up without repeating them."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def serve_site(config_file: Path, address: str | None) -> None:
    """Serve a site and build it again when something changes, until interrupted."""
    from mkdocs.commands.serve import serve

    settings: dict[str, Any] = {"dev_addr": address} if address else {}
    serve(config_file=str(config_file), **settings)
