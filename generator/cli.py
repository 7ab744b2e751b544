"""The command `planpub`. Parses and delegates; what a command needs is imported when it runs."""

import gc
import sys
from pathlib import Path

import click

from generator import __version__

DESCRIPTOR = click.argument(
    "descriptor", default="datapackage.json", type=click.Path(path_type=Path)
)

CONFIG = click.option(
    "-f",
    "--config-file",
    default="mkdocs.yml",
    show_default=True,
    type=click.Path(path_type=Path),
    help="网站配置文件。",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="planpub")
def main() -> None:
    """把政府计划的数据包校验、生成为可检索的开放数据网站。"""


@main.command()
@DESCRIPTOR
@click.option(
    "--format",
    "outlet",
    type=click.Choice(["text", "json", "markdown", "github"]),
    default="text",
    show_default=True,
    help="输出形式；github 为工作流注解。",
)
def validate(descriptor: Path, outlet: str) -> None:
    """校验数据包，一次列出全部问题。没有问题退出码为 0，有问题为 1。"""
    from generator.intake.load import inspect
    from generator.intake.problems import OUTLETS

    problems = inspect(descriptor).problems
    click.echo(OUTLETS[outlet](problems), nl=False)
    sys.exit(1 if problems else 0)


@main.command("audit")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@DESCRIPTOR
@click.option(
    "--format",
    "outlet",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="输出形式。",
)
@click.option(
    "--record", is_flag=True, help="没有缺口时，把计数写进表旁的 audit.json，供网站显示。"
)
def audit_command(source: Path, descriptor: Path, outlet: str, *, record: bool) -> None:
    """以官方原文 SOURCE 核对数据包：依据逐字在、标题与名单齐、每个数字都有着落。

    没有缺口退出码为 0，有缺口为 1，用法有误或原文读不出为 2。
    """
    from generator.intake.audit import audit_package
    from generator.intake.audit_outlets import AUDIT_OUTLETS
    from generator.intake.audit_record import record_audit
    from generator.intake.problems import PackageRefused, as_text

    try:
        report = audit_package(descriptor, source)
    except PackageRefused as refused:
        click.echo(as_text(refused.problems), err=True, nl=False)
        sys.exit(1)
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{source} 不是 UTF-8 编码的文本") from error
    click.echo(AUDIT_OUTLETS[outlet](report), nl=False)
    if record and report.is_clean:
        record_audit(report.folder, report.plan, report.audit.sha256, report.audit.coverage)
    sys.exit(0 if report.is_clean else 1)


@main.command("quality")
@DESCRIPTOR
@click.option(
    "--format",
    "outlet",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="输出形式。",
)
def quality_command(descriptor: Path, outlet: str) -> None:
    """说明数据的质量：各表有多少行缺数字、日期、单位；逐位改错每个数字，校验能查出多少。"""
    from generator.intake.load import load
    from generator.intake.problems import PackageRefused, as_text
    from generator.intake.quality import quality
    from generator.intake.quality_outlets import QUALITY_OUTLETS

    try:
        plan = load(descriptor)
    except PackageRefused as refused:
        click.echo(as_text(refused.problems), err=True, nl=False)
        sys.exit(1)
    click.echo(QUALITY_OUTLETS[outlet](quality(plan, most=None)), nl=False)


@main.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "outlet",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default="text",
    show_default=True,
    help="输出形式。",
)
@click.option("--strict", is_flag=True, help="已公布的编号不论改名还是撤销，没有新址退出码都为 1。")
@click.option("--require-version", is_flag=True, help="版本没有升够时，退出码为 1。")
def diff(old: str, new: str, outlet: str, *, strict: bool, require_version: bool) -> None:
    """比较两个数据包，说明改了什么、应升哪一级版本。

    OLD 和 NEW 是文件夹、datapackage.json、zip，或 git 版本，后加冒号，如 HEAD: 或 v1.2.0:子文件夹。

    不论有没有差别，退出码都为 0；编号改了名而改名表 redirects 中没有写明为 1；有一边读不出为 2。
    """
    from generator.history.compare import compare_sides
    from generator.history.outlets import OUTLETS
    from generator.history.verdict import objections
    from generator.intake.problems import PackageRefused, as_text

    try:
        comparison = compare_sides(old, new)
    except PackageRefused as refused:
        click.echo(as_text(refused.problems), err=True, nl=False)
        sys.exit(2)
    click.echo(OUTLETS[outlet](comparison), nl=False)
    problems = objections(comparison, strict=strict, version=require_version)
    if problems:
        click.echo(as_text(problems), err=True, nl=False)
    sys.exit(1 if problems else 0)


@main.command()
@click.argument("inputs", nargs=-1, metavar="[名称=数值]...")
@click.option(
    "--format",
    "outlet",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="输出形式。",
)
@click.option(
    "--package",
    "descriptor",
    default="datapackage.json",
    show_default=True,
    type=click.Path(path_type=Path),
    help="数据包的描述文件。",
)
def estimate(inputs: tuple[str, ...], outlet: str, descriptor: Path) -> None:
    """按所给数字，逐条估算可能得到的支持，不相加。如 kind=enterprise investment=8000000。

    输入： kind （申请人类别）, investment, digital_investment, equipment_cost, construction_cost,
    revenue, revenue_previous, event_cost, rent, area, people, rd_expense, equity_investment,
    taxable_income。 金额以元计， 面积以平方米计， 都是整数。

    不写 kind 则各类都列；企业、园区、地方、机构也列出以项目为对象的条款。

    输入有误退出码为 2，数据包有问题为 1。
    """
    from generator.intake.load import load
    from generator.intake.problems import PackageRefused, as_text
    from generator.plan.applicant import ImpossibleInput, read_applicant
    from generator.plan.estimate import estimate as estimate_terms
    from generator.plan.estimate_outlets import OUTLETS

    try:
        plan = load(descriptor)
        kinds = plan.tables["subsidy_terms"].column["beneficiary_kind"].labels
        applicant = read_applicant(inputs, kinds)
    except PackageRefused as refused:
        click.echo(as_text(refused.problems), err=True, nl=False)
        sys.exit(1)
    except ImpossibleInput as error:
        raise click.UsageError(str(error)) from error
    click.echo(OUTLETS[outlet](plan, applicant, estimate_terms(plan, applicant)), nl=False)


@main.command()
@DESCRIPTOR
def sources(descriptor: Path) -> None:
    """逐个访问描述文件中的网址，看原文和许可是否还在。有一个不通，退出码为 1。"""
    from generator.intake.descriptor import read_descriptor
    from generator.intake.problems import as_text
    from generator.intake.sources import ask

    declared, problems = read_descriptor(descriptor, str(descriptor))
    if declared is None:
        click.echo(as_text(problems), nl=False)
        sys.exit(1)
    answers = ask(declared)
    for answer in answers:
        click.echo(f"{answer.address} {answer.trouble or '正常'}")
    sys.exit(1 if any(answer.trouble for answer in answers) else 0)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """在 FOLDER 中写出一个空的数据包：描述文件、全部空表和网站配置。"""
    from generator.intake.scaffold import CannotScaffold, scaffold

    try:
        written = scaffold(folder)
    except CannotScaffold as error:
        raise click.ClickException(str(error)) from error
    for path in written:
        click.echo(path)


@main.command()
@CONFIG
@click.option("--site-dir", type=click.Path(path_type=Path), help="网站放在哪里，不写则按配置。")
@click.option("--report", type=click.Path(path_type=Path), help="把各步骤与检查结果写入此文件。")
def build(config_file: Path, site_dir: Path | None, report: Path | None) -> None:
    """生成网站：先在旁边生成并检查，全部通过才换上；任何一步失败，原站不动。"""
    from generator.build import EXPECTED, Report, build_and_swap

    # What a build makes it keeps to its end: looking for cycles would cost a fifth of its time.
    gc.disable()
    done = Report()
    try:
        site = build_and_swap(config_file, site_dir, lambda line: click.echo(line, err=True), done)
    except EXPECTED as error:
        raise click.ClickException(str(error)) from error
    finally:
        if report:
            report.write_text(done.as_json(), encoding="utf-8")
    click.echo(f"网站在 {site}/，用任何静态服务器打开，例如 python3 -m http.server -d {site}")


@main.command()
@CONFIG
@click.option("-a", "--dev-addr", help="监听地址，如 127.0.0.1:8000。")
def serve(config_file: Path, dev_addr: str | None) -> None:
    """在本机预览网站，数据或文字改动后自动重新生成。"""
    from generator.plugin import serve_site

    serve_site(config_file, dev_addr)
