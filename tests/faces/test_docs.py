"""The documentation: it builds without a warning, leaves nothing out, and its commands run."""

from __future__ import annotations

import html
import re
import shlex
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import click
import pytest
from shared_by_tests import ROOT, Run

import dejure as package
from dejure.errors import EXIT_CODES
from dejure.settings import Settings

sys.path.insert(0, str(ROOT / "scripts"))

from docs_build import api, commands, site, tables

_PAGES = ("tutorial.md", "how-to/code-a-corpus.md", "how-to/keep-a-ledger.md", "how-to/write-a-report.md",
          "how-to/forecast-a-wave.md")  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built with every warning an error."""
    for needed in ("sphinx", "furo", "myst_parser"):
        pytest.importorskip(needed)
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, str(ROOT / "scripts" / "docs"), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "html"


def _text(page: Path) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8")))


class TestNothingIsLeftOut:
    def test_now(self) -> None:
        assert site.undocumented() == []

    def test_a_command_and_an_option_without_help_are_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        bare = click.Command("bare", params=[click.Option(["--loud"]), click.Argument(["thing"])])
        monkeypatch.setattr(commands, "all_commands", lambda: [("dejure bare", bare)])
        assert commands.undocumented() == [
            "command dejure bare", "option --loud of dejure bare", "argument THING of dejure bare",
        ]  # fmt: skip

    def test_a_public_name_without_docstring_is_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Bare:
            def shout(self) -> None: ...

        monkeypatch.setattr(api, "public", lambda: {"Bare": Bare})
        assert api.undocumented() == ["public name Bare", "public name Bare.shout"]

    def test_a_setting_and_a_word_that_nothing_tells_of_are_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tables, "parameters_of", lambda _: {})
        told = tables._vocabulary()
        words = {name: set(rows) for name, rows in told.items()}
        monkeypatch.setattr(tables, "_words", lambda: {**words, "act": (words["act"] | {"toast"}) - {"deny"}})
        missing = tables.undocumented()
        assert "setting ledger" in missing
        assert missing[-2:] == ["word toast of act", "word deny of act, which is none"]


@pytest.mark.slow
class TestSite:
    def test_every_public_name_has_its_place(self, built: Path) -> None:
        pages = "".join(page.read_text(encoding="utf-8") for page in (built / "reference").glob("python-*.html"))
        for name in api.public():
            assert f'id="dejure.{name}"' in pages, name
        assert set(api.public()) == {name for name in package.__all__ if not name.startswith("_")}

    def test_every_command_option_setting_and_code_is_told(self, built: Path) -> None:
        told = " ".join(_text(built / "reference" / "commands.html").split())
        for name, command in commands.all_commands():
            assert f"$ {name}" in told or name == "dejure"
            for parameter in command.params:
                if isinstance(parameter, click.Option) and name != "dejure":
                    assert parameter.opts[0] in told
        settings = _text(built / "reference" / "settings.html")
        assert all(f"DEJURE_{one.name.upper()}" in settings for one in fields(Settings))
        errors = _text(built / "reference" / "errors.html")
        assert all(code in errors for code in EXIT_CODES)
        codebook = _text(built / "reference" / "codebook.html")
        assert all(word in codebook for words in tables._words().values() for word in words)

    def test_nothing_is_fetched(self, built: Path) -> None:
        for page in built.rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            assert not re.findall(r'<(?:script|img|iframe)[^>]+src="(?:https?:)?//', text), page
            assert not re.findall(r'<link[^>]+rel="(?:stylesheet|preload|icon)"[^>]+href="(?:https?:)?//', text), page
        for sheet in built.rglob("*.css"):
            assert not re.findall(r"""@import|url\(["']?(?:https?:)?//""", sheet.read_text(encoding="utf-8")), sheet

    def test_links_inside_lead_somewhere(self, built: Path) -> None:
        for page in built.rglob("*.html"):
            for address in re.findall(r'href="([^"#:?]+)["#]', page.read_text(encoding="utf-8")):
                assert (page.parent / address).exists(), f"{page.name}: {address}"


def _commands_of(page: str) -> list[list[str]]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return [shlex.split(line)[1:] for line in re.findall(r"^\s*\$ (dejure .*)$", text, flags=re.MULTILINE)]


@pytest.mark.slow
@pytest.mark.parametrize("page", _PAGES)
def test_commands_of_a_page_run(
    dejure: Run, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_coder: bool
) -> None:
    if not has_coder:
        pytest.skip("no coder")
    for needed in ("scipy", "duckdb", "pyarrow"):
        pytest.importorskip(needed)
    monkeypatch.delenv("DEJURE_LEDGER", raising=False)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    typed = _commands_of(page)
    assert typed
    for words in typed:
        found = dejure(*words)
        assert found.code == 0, f"{words}: {found.err}"
