"""The bill of materials: whole, valid by CycloneDX's schema, and of what lies here."""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.utils import canonicalize_name

from dashboard.__main__ import main
from dashboard.parts import PARTS
from tests.audit import installed

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("sbom") / "dateline.cdx.json"
    assert main(["sbom", "--out", str(path)]) == 0
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bill(text: str) -> dict[str, Any]:
    return json.loads(text)


def test_it_is_valid_by_the_schema(text: str, bill: dict[str, Any]) -> None:
    validator = JsonStrictValidator(SchemaVersion.from_version(bill["specVersion"]))
    assert validator.validate_str(text) is None
    assert validator.validate_str(text.replace('"library"', '"thing"')) is not None


def test_it_is_of_us_and_has_all_that_is_installed(bill: dict[str, Any]) -> None:
    ours = bill["metadata"]["component"]
    assert (ours["name"], ours["version"], ours["type"]) == (
        "dateline", version("dateline"), "application",
    )  # fmt: skip
    found = {canonicalize_name(each["name"]): each["version"] for each in bill["components"]}
    assert found.items() >= installed().items()
    (streamlit,) = (each for each in bill["components"] if each["name"] == "streamlit")
    assert streamlit["purl"] == f"pkg:pypi/streamlit@{version('streamlit')}"


def test_it_says_under_which_licences(bill: dict[str, Any]) -> None:
    licences = {
        each["name"]: each["licenses"][0]["license"]["id"]
        for each in [bill["metadata"]["component"], *bill["components"]]
        if each["name"] in {"dateline", "streamlit", *(part.name for part in PARTS)}
    }
    assert licences == {
        "dateline": "MIT",
        "streamlit": "Apache-2.0",
        "world-atlas": "ISC",
        "GeoNames": "CC-BY-4.0",
        "Noto Naskh Arabic": "OFL-1.1",
        "statements": "MIT",
    }


def test_its_references_lead_somewhere_and_from_us_to_all_we_ask_for(bill: dict[str, Any]) -> None:
    ours = bill["metadata"]["component"]["bom-ref"]
    needs = {each["ref"]: each.get("dependsOn", []) for each in bill["dependencies"]}
    refs = [ours, *(each["bom-ref"] for each in bill["components"])]
    assert len(refs) == len(set(refs))
    assert {ref for each in needs.values() for ref in each} <= set(refs)
    assert {f"streamlit=={version('streamlit')}", *(part.name for part in PARTS)} <= {*needs[ours]}


def test_every_file_that_is_no_text_is_a_part_with_the_sum_that_it_has(
    bill: dict[str, Any],
) -> None:
    told = {
        file["name"]: file["hashes"][0]["content"]
        for each in bill["components"]
        for file in each.get("components", [])
        if file["type"] == "file"
    }
    kept = {str(path.relative_to(ROOT)) for path in ROOT.glob("dashboard/**/*") if binary(path)}
    assert set(told) == {*kept, "data/basemap/countries.json"}
    assert told == {name: sha256((ROOT / name).read_bytes()).hexdigest() for name in told}


def binary(path: Path) -> bool:
    if not path.is_file() or path.suffix == ".pyc":
        return False
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("world-atlas", "data/basemap/README.md"),
        ("GeoNames", "dashboard/extract/gazetteer/build.py"),
        ("Noto Naskh Arabic", "dashboard/sharing/fonts/OFL.txt"),
    ],
)
def test_a_parts_version_is_the_one_it_was_made_from(name: str, file: str) -> None:
    (part,) = (part for part in PARTS if part.name == name)
    made_from = (ROOT / file).read_text(encoding="utf-8")
    for figure in part.version.split(", "):
        assert figure.replace(" ", "==") in made_from


def test_what_is_missing_or_cannot_be_written_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["sbom", "--out", str(tmp_path / "no" / "folder.json")]) == 2
    assert "make the folder first" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "cyclonedx_py", None)
    assert main(["sbom", "--out", str(tmp_path / "bill.json")]) == 2
    assert "pip install -e '.[sbom]'" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
