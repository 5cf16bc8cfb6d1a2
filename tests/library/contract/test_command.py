"""`library build --to`: a library made and copied, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.library.opening import open_library
from tests.library.postgres_server import PASSWORD
from tests.library.small import STATEMENTS


def test_a_library_is_copied_to_a_server(
    laid_out: Path, postgres: str, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"{postgres}?library=copied"
    assert main(["library", "build", str(laid_out), "--to", address]) == 0
    told = capsys.readouterr()
    assert "serves it" in told.out
    assert PASSWORD not in told.out + told.err
    assert open_library(address).total == len(STATEMENTS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give a SOURCE"),
        (["--to", "mysql://me:secret@host/db"], "postgres://… or clickhouse://…"),
        (["--to", "postgres://me:secret@127.0.0.1:1/db"], "check the address"),
    ],
)
def test_what_cannot_be_copied_is_said(
    arguments: list[str], said: str, laid_out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["library", "build", str(laid_out), *arguments]) in (1, 2)
    told = capsys.readouterr()
    assert said in told.err
    assert "secret" not in told.err + told.out
