"""What the code may do, read from its source: one import direction, bounded memory, no markup."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "dashboard"
MODULES = sorted(PACKAGE.rglob("*.py"))
# The layers, 0 innermost; who is not named is of the innermost.
LAYERS = {
    "charts": 1, "edition": 2, "review": 2, "sharing": 2, "add": 3, "address": 3, "controls": 3,
    "extract": 3, "library_address": 3, "panels": 3, "words_page": 3, "library_pages": 4, "page": 5,
    "server": 5, "app": 6,
}  # fmt: skip
SERVER = ("server", "app")
WIDGETS = (
    "add", "address", "app", "controls", "library_address", "library_pages", "library_shelf",
    "page", "panels", "server", "shelf", "words_page",
)  # fmt: skip
COMMAND_LINE = ("__main__", "commands")
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}
FORBIDDEN_MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "shelve", "marshal"}


def part(path: Path) -> str:
    """A module's place in the package: `charts.voices`."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def area(name: str) -> str:
    return name.split(".")[0]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(found: ast.AST) -> Iterator[str]:
    """Every module that is imported, wherever it is written, with the names taken from it."""
    for node in ast.walk(found):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def of(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}.")


def calls(found: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(found):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


every_module = pytest.mark.parametrize("path", MODULES, ids=part)


def rank(name: str) -> int:
    return LAYERS.get(area(name), 0)


@every_module
def test_imports_point_inwards(path: Path) -> None:
    name = part(path)
    if area(name) in COMMAND_LINE:  # it starts anything
        return
    ours = {i.removeprefix("dashboard.") for i in imports(tree(path)) if of(i, "dashboard")}
    assert {i for i in ours if rank(i) > rank(name)} == set()


@every_module
def test_only_the_page_touches_streamlit_and_only_the_server_starlette(path: Path) -> None:
    if area(part(path)) in COMMAND_LINE:
        return
    found = set(imports(tree(path)))
    if area(part(path)) not in WIDGETS:
        assert {i for i in found if of(i, "streamlit")} == set()
    if area(part(path)) not in SERVER:
        assert {i for i in found if of(i, "starlette")} == set()


@every_module
def test_only_geocoding_touches_the_network(path: Path) -> None:
    online = ("geopy.geocoders", "urllib.request", "http.client", "requests", "httpx", "aiohttp")
    if part(path) not in (
        "geocoding.geocode",
        "extract.fetch",
        "extract.geocode",
    ):  # the last is offline
        assert {i for i in imports(tree(path)) for o in online if of(i, o)} == set()


def test_nothing_that_renders_geocodes() -> None:
    for path in MODULES:
        if area(part(path)) not in ("geocoding", "extract", *COMMAND_LINE):
            assert {i for i in imports(tree(path)) if of(i, "dashboard.geocoding")} == set(), path


@every_module
def test_nothing_that_serves_readers_loads_the_language_model(path: Path) -> None:
    found = set(imports(tree(path)))
    if area(part(path)) not in ("extract", *COMMAND_LINE):
        heavy = ("dashboard.extract", "spacy", "pycrfsuite", "trafilatura")
        assert {i for i in found for o in heavy if of(i, o)} == set()


@every_module
def test_only_the_library_knows_engines_and_builds_no_pages(path: Path) -> None:
    """Who serves a story alone loads none of them."""
    if area(part(path)) not in ("library", *COMMAND_LINE):
        engines = ("duckdb", "ibis", "chdb", "psycopg", "rensa")
        assert {i for i in imports(tree(path)) for o in engines if of(i, o)} == set()


def test_pages_and_server_load_no_engine_before_a_library_is_opened() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, dashboard.library_pages, dashboard.server.routes;"
         "print([m for m in ('duckdb', 'ibis', 'chdb', 'psycopg', 'rensa') if m in sys.modules])"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert loaded.stdout.strip() == "[]"


@every_module
def test_only_the_command_line_fetches_an_article(path: Path) -> None:
    if part(path) != "extract.fetch" and area(part(path)) not in COMMAND_LINE:
        assert {i for i in imports(tree(path)) if of(i, "dashboard.extract.fetch")} == set()


@every_module
def test_a_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree(path))


@every_module
def test_no_markup_of_our_own(path: Path) -> None:
    for name, call in calls(tree(path)):
        assert name not in ("st.html", "components.html", "st.components.v1.html"), call.lineno
        named = {word.arg: word.value for word in call.keywords}
        assert "unsafe_allow_html" not in named, call.lineno


@every_module
def test_no_text_is_run(path: Path) -> None:
    found = tree(path)
    assert {i for i in imports(found) if area(i) in FORBIDDEN_MODULES} == set()
    assert {name for name, _ in calls(found) if name in FORBIDDEN_CALLS} == set()


# `schema` keeps the format's own table names: a dozen, and nobody else's.
FEW = {"schema.columns"}


@every_module
def test_what_is_kept_is_bounded(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for fault in unbounded(node):
                assert f"{part(path)}.{node.name}" in FEW, f"{part(path)}.{node.name}: {fault}"
    for name, call in calls(tree(path)):  # where a function is wrapped by a call, not decorated
        if name.split(".")[-1] in ("cache", "lru_cache"):
            assert bounds_itself(call), f"{part(path)}: {ast.unparse(call)}"


def bounds_itself(call: ast.Call) -> bool:
    """Whether a call of `lru_cache` says how much is kept; `cache` cannot."""
    said = [*call.args, *(word.value for word in call.keywords if word.arg == "maxsize")]
    return any(
        isinstance(size, ast.Constant | ast.BinOp) and ast.unparse(size) != "None" for size in said
    )


def unbounded(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    """Decorators that keep as many results as there are arguments."""
    given = function.args
    takes = bool(given.posonlyargs or given.args or given.kwonlyargs or given.vararg or given.kwarg)
    for decorator in function.decorator_list:
        call = decorator if isinstance(decorator, ast.Call) else None
        name = ast.unparse(call.func if call else decorator).split(".")[-1]
        words = {k.arg: ast.unparse(k.value) for k in call.keywords} if call else {}
        first = ast.unparse(call.args[0]) if call and call.args else ""
        if name == "cache" and takes:
            yield "functools.cache keeps everything"
        if name == "lru_cache" and "None" in (words.get("maxsize"), first):
            yield "lru_cache(maxsize=None) keeps everything"
        if name in ("cache_data", "cache_resource") and words.get("max_entries", "None") == "None":
            yield f"{name} needs max_entries"


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("@cache\ndef f(): ...", 0),
        ("@cache\ndef f(a): ...", 1),
        ("@functools.cache\ndef f(*, a): ...", 1),
        ("@lru_cache\ndef f(a): ...", 0),  # 128
        ("@lru_cache(maxsize=64)\ndef f(a): ...", 0),
        ("@lru_cache(maxsize=None)\ndef f(a): ...", 1),
        ("@lru_cache(None)\ndef f(a): ...", 1),
        ("@st.cache_data\ndef f(a): ...", 1),
        ("@st.cache_resource(ttl=3)\nasync def f(a): ...", 1),
        ("@st.cache_data(max_entries=4)\ndef f(a): ...", 0),
    ],
)
def test_how_boundlessness_is_told(source: str, faults: int) -> None:
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
    assert len(list(unbounded(function))) == faults


@pytest.mark.parametrize(
    ("source", "bounded"),
    [
        ("lru_cache(maxsize=16)(f)", True),
        ("lru_cache(1 << 17)(f)", True),
        ("lru_cache(f)", False),  # 128, but nobody sees it
        ("lru_cache(maxsize=None)(f)", False),
        ("functools.cache(f)", False),
    ],
)
def test_how_boundlessness_of_a_call_is_told(source: str, bounded: bool) -> None:
    told = [
        c for name, c in calls(ast.parse(source)) if name.split(".")[-1] in ("cache", "lru_cache")
    ]
    assert [bounds_itself(call) for call in told] == [bounded]


def test_modules_are_named_like_none_of_the_standard_library() -> None:
    """`streamlit run` puts `dashboard/` itself on the path, before the standard library."""
    assert {area(part(p)) for p in MODULES} & (set(sys.stdlib_module_names) - {"__main__"}) == set()
