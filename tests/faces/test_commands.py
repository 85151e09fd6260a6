"""The smaller commands, the exit codes, and what a process does to its pipes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import jsonschema
import pytest
from shared_by_tests import ROOT, Run

from dejure.cli.main import COMMANDS, EXIT_MEANINGS, cli
from dejure.errors import EXIT_CODES
from dejure.version import __version__

DEJURE = [sys.executable, "-m", "dejure"]
FAKE = [
    sys.executable,
    "-c",
    "import sys; import fake_coder; sys.modules['dejure.coding'] = fake_coder.as_module();"
    "from dejure.cli.main import main; sys.exit(main())",
]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "tests")}


def test_version(dejure: Run) -> None:
    assert __version__ in dejure("--version").out
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f"version: {__version__}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_help_names_every_command_and_exit_code(dejure: Run) -> None:
    found = dejure("--help")
    assert found.code == 0
    assert all(name in found.out for name in COMMANDS)
    assert all(re.search(rf"^ +{code} +{re.escape(told)}$", found.out, re.M) for code, told in EXIT_MEANINGS.items())


def test_every_command_has_the_name_and_help_it_is_listed_under(dejure: Run) -> None:
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert command.help
        assert dejure(name, "--help").code == 0


def test_every_exit_code_has_a_meaning_in_the_help_and_in_the_documentation() -> None:
    assert set(EXIT_CODES.values()) <= set(EXIT_MEANINGS)
    documented = (ROOT / "docs" / "exit-codes.md").read_text(encoding="utf-8")
    assert all(f"| {code} | {told} |" in documented for code, told in EXIT_MEANINGS.items())
    inputs = [code for code, exit_code in EXIT_CODES.items() if exit_code == 3 and code != "input"]
    assert all(f"`{code}`" in documented for code in inputs)


def test_help_answers_at_once() -> None:
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        subprocess.run([*DEJURE, "--help"], capture_output=True, check=True)
        times.append(time.perf_counter() - begin)
    assert min(times) < 0.3


@pytest.mark.parametrize("command", ["--help", "read"])
def test_nothing_heavy_is_loaded_for_help(command: str) -> None:
    arguments = ["--help"] if command == "--help" else [command, "--help"]
    told = (
        f"import sys; from dejure.cli.main import main; main({arguments}); "
        "print([m for m in ('spacy', 'numpy', 'rich', 'trafilatura', 'msgspec', 'pandas') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "[]"


def test_schema_is_a_schema(dejure: Run) -> None:
    schema = json.loads(dejure("schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"] == "Coding"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(dejure: Run, shell: str) -> None:
    found = dejure("completion", shell)
    assert found.code == 0
    assert "_DEJURE_COMPLETE" in found.out


def test_completion_answers_the_shell() -> None:
    environment = {**os.environ, "_DEJURE_COMPLETE": "bash_complete", "COMP_WORDS": "dejure re", "COMP_CWORD": "1"}
    found = subprocess.run(DEJURE, env=environment, capture_output=True, text=True, check=True)
    assert "plain,read" in found.stdout


def test_unforeseen_failures_are_one_line(dejure: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("so it goes")

    monkeypatch.setattr("dejure.records.json_schema", fail)
    found = dejure("schema")
    assert found.code == 1
    assert found.err.count("\n") == 1
    assert "ZeroDivisionError: so it goes" in found.err


def test_a_reader_that_goes_away_ends_the_command_quietly(tmp_path: Path) -> None:
    reports = tmp_path / "r.jsonl"
    prose = "Russia has recognised the Taliban government, it said. " * 20
    reports.write_text("".join(json.dumps({"id": str(n), "text": prose}) + "\n" for n in range(400)))
    with subprocess.Popen(
        [*FAKE, "read", str(reports), "--format", "jsonl"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()
        assert process.wait(30) == 141
    assert told == b""


def test_interrupted(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*FAKE, "read", "-", "--input-format", "jsonl", "--format", "jsonl"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b'{"text": "Russia has recognised the Taliban government, it said."}\n')
        process.stdin.flush()
        assert process.stdout.readline().startswith(b"{"), "each report is passed on as soon as it is read"
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stderr.read() == b"dejure: interrupted\n"


@pytest.mark.usefixtures("coder")
def test_demo(dejure: Run) -> None:
    found = dejure("demo")
    assert (found.code, found.err) == (0, "")
    assert "Moscow becomes first capital to recognise Taliban rule" in found.out
    lines = dejure("demo", "--format", "jsonl").out.splitlines()
    assert len(lines) >= 12
    assert all(json.loads(line)["report"]["published"] for line in lines)


def test_doctor(dejure: Run) -> None:
    found = dejure("doctor", "--json")
    told = json.loads(found.out)
    assert told["dejure"] == __version__
    assert told["packages"]["spacy"]
    assert told["language_model"]["is_whole"]
    assert found.code == (5 if told["problems"] else 0)
    assert "language model" in dejure("doctor").out


def test_doctor_tells_a_missing_model(dejure: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEJURE_LANGUAGE_MODEL", "en_core_web_none")
    found = dejure("doctor")
    assert found.code == 5
    assert "en_core_web_none" in found.err
