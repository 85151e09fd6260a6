"""Commands with their arguments and options, as click knows them, as Markdown."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click

_ARGUMENTS = Path(__file__).parent / "arguments.toml"


def all_commands() -> Iterator[tuple[str, click.Command]]:
    """Every command, groups before what is in them, under the words that are typed."""
    from dejure.cli.main import cli

    yield from _walk(cli, click.Context(cli, info_name="dejure"), "dejure")


def _walk(command: click.Command, context: click.Context, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for part in command.list_commands(context):
            inner = command.get_command(context, part)
            assert inner is not None
            yield from _walk(inner, click.Context(inner, parent=context, info_name=part), f"{name} {part}")


def undocumented() -> list[str]:
    """Commands without help, options without help, arguments that neither the help nor our table names."""
    told = _argument_texts()
    missing = []
    for name, command in all_commands():
        if not (command.help or "").strip():
            missing.append(f"command {name}")
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden and not (parameter.help or "").strip():
                missing.append(f"option {'/'.join(parameter.opts)} of {name}")
            is_argument = isinstance(parameter, click.Argument)
            if is_argument and _word(parameter) not in told and not _is_named(parameter, command):
                missing.append(f"argument {_word(parameter)} of {name}")
    return missing


def page() -> str:
    """The page of all commands."""
    parts = [
        "# Commands\n",
        "Made from the commands themselves. `dejure COMMAND --help` says the same. Every command takes `--help`;",
        "`dejure` takes `--version`. [Exit codes](../exit-codes.md) are the same for all.\n",
    ]
    for name, command in all_commands():
        if name != "dejure":
            parts.append(_section(name, command))
    return "\n".join(parts)


def anchor(name: str) -> str:
    """Where a command stands on the page."""
    return f"command-{name.removeprefix('dejure ').replace(' ', '-')}"


def _section(name: str, command: click.Command) -> str:
    level = "##" if name.count(" ") == 1 else "###"
    context = click.Context(command, info_name=name)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    # Click breaks no line after \b; a page needs no such marks.
    help_text = inspect.cleandoc((command.help or "").replace("\b\n", ""))
    parts = [f"({anchor(name)})=", f"{level} {name}\n", f"```console\n$ {usage}\n```\n", _escaped(help_text), ""]
    told = _argument_texts()
    arguments = [p for p in command.params if isinstance(p, click.Argument) and not _is_named(p, command)]
    if arguments:
        parts += ["| argument | |", "|---|---|"]
        parts += [f"| `{p.human_readable_name}` | {_cell(told[_word(p)])} |" for p in arguments]
        parts.append("")
    options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    if options:
        parts += [*(_option(one, context) for one in options), ""]
    return "\n".join(parts)


def _option(option: click.Option, context: click.Context) -> str:
    names = ", ".join([*option.opts, *option.secondary_opts])
    takes = "" if option.is_flag or option.count else f" {option.make_metavar(context)}"
    text, _, stated = (option.help or "").partition("[default:")
    default = stated.rstrip("] ") if stated else "" if option.is_flag else _default(option)
    several = " May be given several times." if option.multiple and "repeated" not in text else ""
    needed = " Required." if option.required else ""
    told = " ".join(_escaped(text.strip() + several + needed).split())
    return f"- `{names}{takes}`: {told}" + (f" Default: {_escaped(default.strip())}." if default.strip() else "")


def _default(option: click.Option) -> str:
    value = option.default
    if value is None or isinstance(value, (bool, list, tuple)) or callable(value) or "Sentinel" in type(value).__name__:
        return ""
    return f"`{value}`"


def _is_named(argument: click.Argument, command: click.Command) -> bool:
    """Whether the help of the command speaks of it."""
    return re.search(rf"\b{re.escape(_word(argument))}\b", command.help or "") is not None


def _word(argument: click.Argument) -> str:
    """PATH of [PATH]..., TABLE of TABLE.csv."""
    match = re.search(r"[A-Z][A-Z_]*", argument.human_readable_name.upper().replace("-", "_"))
    assert match is not None
    return match[0]


def _argument_texts() -> dict[str, str]:
    found: dict[str, str] = tomllib.loads(_ARGUMENTS.read_text(encoding="utf-8"))
    return found


def _escaped(text: str) -> str:
    return re.sub(r"([<>*_\[\]])(?![^`]*`(?:[^`]*`[^`]*`)*[^`]*$)", r"\\\1", text)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
