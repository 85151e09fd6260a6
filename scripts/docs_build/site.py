"""Lay out the sources of the site, and build it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from docs_build import api, commands, tables

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
#: Pages of `docs/` that have a place of their own; every other one is an explanation.
_PLACED = {"index", "tutorial", "exit-codes"}


def undocumented() -> list[str]:
    """All that the reference leaves untold."""
    return [*api.undocumented(), *commands.undocumented(), *tables.undocumented()]


def lay_out(folder: Path) -> None:
    """Write all pages into a folder, those made from the code among them."""
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(DOCS, folder)
    for path in folder.rglob("*.md"):
        path.write_text(_without_links_out(path.read_text(encoding="utf-8")), encoding="utf-8")
    reference = folder / "reference"
    reference.mkdir(exist_ok=True)
    made = {
        "commands": commands.page(), "settings": tables.settings_page(), "errors": tables.errors_page(),
        "codebook": tables.codebook_page(), "datasets": tables.datasets_page(),
        **{f"python-{key}": text for key, text in api.pages().items()},
    }  # fmt: skip
    for name, text in made.items():
        (reference / f"{name}.md").write_text(text, encoding="utf-8")
    index = folder / "index.md"
    told = sorted(path.stem for path in folder.glob("*.md") if path.stem not in _PLACED)
    how = sorted(f"how-to/{path.stem}" for path in (folder / "how-to").glob("*.md"))
    python = [f"reference/{name}" for name in made if name.startswith("python-")]
    first = ["reference/commands", "reference/settings", "reference/errors", "exit-codes", "reference/codebook",
             "reference/datasets"]  # fmt: skip
    text = index.read_text(encoding="utf-8")
    for marker, names in {"how-to": how, "reference": [*first, *python], "explanation": told}.items():
        text = text.replace(f"% {marker}\n", "".join(f"{name}\n" for name in names))
    index.write_text(text, encoding="utf-8")


def build(folder: Path) -> Path:
    """Build the site, every warning an error; its first page is returned.

    Parameters
    ----------
    folder : pathlib.Path
        Gets `source`, `html` and what the builder keeps.
    """
    source, html = folder / "source", folder / "html"
    lay_out(source)
    shutil.rmtree(html, ignore_errors=True)
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-E", "-b", "html", "-d",
               str(folder / "doctrees"), str(source), str(html)]  # fmt: skip
    done = subprocess.run(command, check=False)
    if done.returncode:
        raise SystemExit("the site has faults; the lines above say where")
    return html / "index.html"


def _without_links_out(text: str) -> str:
    """Links to files beside `docs/` become the names of these files: the site holds the documentation alone."""
    return re.sub(r"(?<!!)\[([^\]]+)\]\(\.\./(?!reference/|exit-codes|ledger|waves|boards|tutorial|how-to)([^)]+)\)",
                  r"\1 (`\2`)", text)  # fmt: skip
