"""The command `planpub`. Parses and delegates; what a command needs is imported when it runs."""

import sys
from pathlib import Path

import click

from generator import __version__

DESCRIPTOR = click.argument("descriptor", default="datapackage.json", type=click.Path(path_type=Path))


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
    help="输出形式;github 为工作流注解。",
)
def validate(descriptor: Path, outlet: str) -> None:
    """校验数据包,一次列出全部问题。没有问题退出码为 0,有问题为 1。"""
    from generator.intake.load import inspect
    from generator.intake.problems import OUTLETS

    problems = inspect(descriptor).problems
    click.echo(OUTLETS[outlet](problems), nl=False)
    sys.exit(1 if problems else 0)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """在 FOLDER 中写出一个空的数据包:描述文件、全部空表和网站配置。"""
    from generator.intake.scaffold import FolderNotEmpty, scaffold

    try:
        written = scaffold(folder)
    except FolderNotEmpty as error:
        raise click.ClickException(str(error)) from error
    for path in written:
        click.echo(path)
