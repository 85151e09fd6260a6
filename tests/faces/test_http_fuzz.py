"""schemathesis over the description of the interface: no fault of the server, and answers as they are described."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from http_server import API, TOKEN, Served, corpus_of_examples, served
from hypothesis import HealthCheck, Phase, given, settings
from ledger_items import act
from schemathesis.specs.openapi import checks

from dejure.ledger import Ledger

#: Examples of each address; raise it for a longer trial.
EXAMPLES = int(os.environ.get("DEJURE_FUZZ_EXAMPLES", "15"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("fuzz")
    corpus = corpus_of_examples(folder)
    with Ledger(folder / "my.ledger", create=True) as ledger:
        ledger.append([act("KEN", "kosovo", date="2025-03-26", quote="Kenya recognised it", report="aa")])
    limits = (
        "--limit", "requests_per_second=0", "--limit", "tasks_per_minute=0", "--limit", "task_seconds=20",
    )  # fmt: skip
    with served("--ledger", str(folder / "my.ledger"), "--corpus", str(corpus), *limits, token=TOKEN) as running:
        yield running


@pytest.mark.slow
def test_no_fault_of_the_server(server: Served) -> None:
    told = httpx.get(f"{server.url}{API}/openapi.json", trust_env=False).json()
    # A forecast takes up to half a minute; its parameters are those of the others.
    told["paths"].pop(f"{API}/polities/{{polity}}/wave")
    operations = [one.ok() for one in schemathesis.openapi.from_dict(told).get_all_operations()]
    assert len(operations) >= 20
    for operation in operations:
        _try(operation, server)


def _try(operation: Any, server: Served) -> None:
    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck), database=None,
    )  # fmt: skip
    def answered(case: Any) -> None:
        told = case.call(base_url=server.url, timeout=300, headers={"authorization": f"Bearer {TOKEN}"})
        case.validate_response(
            told,
            checks=[
                schemathesis.checks.not_a_server_error, checks.status_code_conformance,
                checks.content_type_conformance, checks.response_schema_conformance,
            ],
        )  # fmt: skip

    answered()


def test_the_description_is_whole(server: Served) -> None:
    told = httpx.get(f"{server.url}{API}/openapi.json", trust_env=False).json()
    assert told["openapi"].startswith("3.1")
    assert len(told["paths"]) >= 20
