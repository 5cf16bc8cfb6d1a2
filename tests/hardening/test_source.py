"""No text of data reaches Markdown, HTML or a Vega expression unescaped, as far as source tells."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from tests.test_architecture import MODULES, calls, part, tree

# What Streamlit reads as Markdown: of its own calls and of ours.
SINKS = {
    "st": {
        "badge", "button", "caption", "checkbox", "date_input", "dialog", "download_button",
        "error", "expander", "file_uploader", "form_submit_button", "header", "info", "link_button",
        "markdown", "metric", "multiselect", "number_input", "page_link", "pills", "popover",
        "progress", "radio", "segmented_control", "select_slider", "selectbox", "spinner",
        "subheader", "success", "table", "tabs", "text_area", "text_input", "title", "toast",
        "toggle", "warning",
    },
    "": {"heading", "note"},
}  # fmt: skip
READ = {"body", "help", "label", "text", "tip", "title"}  # by name; by position the first counts
# Functions whose result is Markdown already, or nothing that could be any.
SAFE = {
    "actor_link", "badge", "card", "count", "day", "embed_code", "error_id", "escape", "in_words",
    "int", "label", "len", "link", "original", "passages_lead", "permalink", "place_link", "sum",
    "sure", "urlencode",
}  # fmt: skip
# Those of them that build it of data.
BUILDERS = {
    "panels.library.cards": {"actor_link", "card", "place_link"},
    "panels.statements": {"card"},
}
# What holds words of ours, or Markdown made where it was written, by module. None holds data.
OURS = {
    "panels.adding.article": {"shown"},
    "panels.adding.fields": {"column", "title"},
    "panels.adding.finish": {"draft.slug"},  # checked: small letters, digits, hyphens
    "panels.data": {"name"},
    "panels.drawing": {"title"},
    "panels.library.charts": {"does", "words"},
    "panels.library.boxes": {"label"},
    "panels.library.statements": {"nothing"},
    "panels.library.portrait": {"look.icon", "look.label"},
    "panels.library.words": {"begin", "end", "kicker", "words"},
    "panels.positions": {"look.background", "look.icon", "look.label", "look.text"},
    "panels.share": {"made.title"},
    "panels.text": {"line", "markdown", "title"},
}
NUMBER = re.compile(r"[,%dfeg]['\"]$|^f.%")  # formats that a text does not have
NEVER = {"st.html", "st.write", "st.write_stream", "st.echo", "st.iframe", "st.components.v1.html"}
# Where a spec, or Altair, has expressions.
EXPRESSIONS = {"calculate", "expr", "filter", "init", "labelExpr", "signal", "test", "update"}
MADE = {"ExprRef", "condition", "expr", "transform_calculate", "transform_filter", "when"}


class Function:
    """What names hold in a function, as far as it is written there; arguments may hold anything."""

    def __init__(self, function: ast.AST, ours: Collection[str] = ()) -> None:
        self.ours = ours
        self.held: dict[str, list[ast.expr]] = {}
        for node in ast.walk(function):
            match node:
                case ast.Assign(targets=targets, value=value):
                    for target in targets:
                        self.hold(target, value)
                case ast.AnnAssign() | ast.AugAssign() | ast.NamedExpr():
                    self.hold(node.target, node.value)
                case (
                    ast.comprehension(target=target, iter=value)
                    | ast.For(target=target, iter=value)
                ):
                    self.hold(target, value)
                case ast.Call(func=ast.Attribute(value=name, attr="append" | "extend")):
                    for value in node.args:
                        self.hold(name, value)

    def hold(self, target: ast.expr, value: ast.expr | None) -> None:
        """Note what a name holds; a part of what it holds counts as all of it."""
        match target, value:
            case ast.Tuple(elts=ones), ast.Tuple(elts=others) if len(ones) == len(others):
                for one, other in zip(ones, others, strict=True):
                    self.hold(one, other)
                return
        for name in ast.walk(target):
            if isinstance(name, ast.Name) and value is not None:
                self.held.setdefault(name.id, []).append(value)

    def is_safe(self, node: ast.expr | None, seen: frozenset[str] = frozenset()) -> bool:
        """Whether this is text of ours, escaped, or a number."""
        if node is None or ast.unparse(node) in self.ours:
            return True
        match node:
            case ast.Constant():
                return True
            case ast.JoinedStr(values=values):
                return all(self.is_safe(value, seen) for value in values)
            case ast.FormattedValue(value=value, format_spec=spec):
                number = isinstance(spec, ast.JoinedStr) and NUMBER.search(ast.unparse(spec))
                return bool(number) or self.is_safe(value, seen)
            case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
                return self.is_safe(one, seen) and self.is_safe(other, seen)
            case ast.BoolOp(values=values) | ast.List(elts=values) | ast.Tuple(elts=values):
                return all(self.is_safe(value, seen) for value in values)
            case ast.ListComp(elt=part) | ast.GeneratorExp(elt=part) | ast.Starred(value=part):
                return self.is_safe(part, seen)
            case ast.Subscript(value=part, slice=ast.Slice()):
                return self.is_safe(part, seen)
            case ast.Subscript(value=part) | ast.Attribute(value=part):
                return self.is_ours(node) or self.is_ours(part)
            case ast.Call(func=ast.Attribute(value=part, attr="get" | "items" | "values")):
                return self.is_ours(part)
            case ast.Call(func=ast.Name(id="filter"), args=[_, part]):
                return self.is_safe(part, seen)
            case ast.Call(func=ast.Attribute(attr="join"), args=[part]):
                return self.is_safe(part, seen)
            case ast.Call(func=ast.Name(id="map"), args=[ast.Name(id=name), _]):
                return name in SAFE or name.startswith("_")
            case ast.Call(func=ast.Attribute(attr="map"), args=[ast.Name(id=name)]):  # a frame's
                return name in SAFE
            case ast.Call(func=ast.Attribute(value=part, attr="lower" | "strip" | "upper")):
                return self.is_safe(part, seen)
            case ast.Call(func=function):
                name = ast.unparse(function).split(".")[-1]
                return name in SAFE or name.startswith("_")  # each is read where it is written
            case ast.Name(id=name):
                held = self.held.get(name, [])
                return (
                    self.is_ours(node)
                    or name in seen
                    or (bool(held) and all(self.is_safe(value, seen | {name}) for value in held))
                )
            case _:
                return False

    def is_ours(self, node: ast.expr) -> bool:
        """Whether it is a constant of a module, `KINDS`, `drafts.MEANING`, or known as ours."""
        name = ast.unparse(node)
        return name.split(".")[-1].isupper() or name in self.ours


def read(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments of a call that are read as Markdown."""
    name = ast.unparse(call.func)
    owner, _, method = name.rpartition(".")
    if method in SINKS.get("st" if owner.split(".")[0] == "st" else owner, ()):
        if method != "page_link":  # whose first argument is a page
            yield from call.args[:1] if owner else call.args
        yield from (word.value for word in call.keywords if word.arg in READ)


def unescaped(
    source: ast.AST, ours: Collection[str] = (), builders: Collection[str] = ()
) -> Iterator[str]:
    """What is handed to Streamlit as Markdown and is not seen to be ours or escaped.

    So is what a function of the module returns that is called for it, or is one of the `builders`.
    An argument that is handed on as it is, is looked at where it is made.
    """
    functions = {n.name: n for n in ast.walk(source) if isinstance(n, ast.FunctionDef)}
    made = set(builders)
    for scope in functions.values():
        known = Function(scope, ours)
        for _, call in calls(scope):
            for text in read(call):
                made |= called(text, known) & functions.keys()
                if not handed_on(text, known) and not known.is_safe(text):
                    yield f"{call.lineno}: {ast.unparse(text)}"
    waiting = sorted(made)
    while waiting:
        scope = functions[waiting.pop()]
        known = Function(scope, ours)
        for node in ast.walk(scope):
            if isinstance(node, ast.Return) and node.value is not None:
                new = called(node.value, known) & functions.keys() - made
                made |= new
                waiting += sorted(new)
                if not handed_on(node.value, known) and not known.is_safe(node.value):
                    yield f"{node.lineno}: {ast.unparse(node.value)}"


def handed_on(text: ast.expr, known: Function) -> bool:
    return isinstance(text, ast.Name) and text.id not in known.held


def called(text: ast.expr, known: Function) -> set[str]:
    """The functions whose result becomes a part of a text as it is, by what its names hold, too."""
    found, seen = set[str](), set[str]()
    waiting: list[ast.AST] = [text]
    while waiting:
        match waiting.pop():
            case ast.Call(func=ast.Name(id=name), args=args):
                found.add(name)
                waiting += args if name not in SAFE else ()
            case ast.Name(id=name):
                found.add(name)
                waiting += known.held.get(name, []) if name not in seen else ()
                seen.add(name)
            case node:
                waiting += ast.iter_child_nodes(node)
    return found


every_module = pytest.mark.parametrize("path", MODULES, ids=part)


@every_module
def test_markdown_is_made_of_what_is_escaped(path: Path) -> None:
    name = part(path)
    found = unescaped(tree(path), OURS.get(name, ()), BUILDERS.get(name, ()))
    assert list(found) == []


@every_module
def test_nothing_shows_data_as_it_comes(path: Path) -> None:
    assert {name for name, _ in calls(tree(path)) if name in NEVER} == set()


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("st.markdown(f'**{escape(story.title)}**')", 0),
        ("st.markdown(f'**{story.title}**')", 1),
        ("st.markdown(story.title)", 1),
        ("st.markdown('**' + story.title)", 1),
        ("st.markdown('**{}**'.format(story.title))", 1),
        ("st.markdown('**%s**' % story.title)", 1),
        ("st.markdown(' '.join(actor.name for actor in who))", 1),
        ("st.markdown(' '.join(escape(actor.name) for actor in who))", 0),
        ("st.markdown(_card(story))", 0),
        ("st.markdown(_card(story))\n\ndef _card(story):\n    return story.title", 1),
        (
            "st.markdown(_card(story))\n\ndef _card(story):\n    return _one(story)\n\n"
            "def _one(story):\n    return f'**{story.title}**'",
            1,
        ),
        ("st.markdown(escape(_card(story)))\n\ndef _card(story):\n    return story.title", 0),
        ("for name in story.names:\n        st.title(name)", 1),
        ("a, b = escape(story.title), story.title\n    st.title(a)", 0),
        ("a, b = escape(story.title), story.title\n    st.title(b)", 1),
        ("st.title(' '.join(name for name in who))", 1),
        ("st.title(f'{given:%B}')", 0),
        ("st.markdown(str(error))", 1),
        ("st.markdown(given)", 0),
        ("st.markdown(f'{given}')", 1),
        ("st.markdown(f'{given:,}')", 0),
        ("st.markdown(f'{given:>9}')", 1),
        ("name = story.title\n    st.title(name)", 1),
        ("name = escape(story.title)\n    st.title(name)", 0),
        ("name = 'a'\n    name += story.title\n    st.title(name)", 1),
        ("parts = []\n    parts.append(story.title)\n    note(' · '.join(parts))", 1),
        ("st.button('Go', help=story.title)", 1),
        ("st.button('Go', key=story.title)", 0),
        ("left.st.button(f'{story.title}')", 0),
        ("st.sidebar.error(f'{error}')", 1),
        ("heading('What', f'{story.title}')", 1),
        ("st.page_link(page, label=story.title)", 1),
        ("st.title(KINDS[story.kind])", 0),
    ],
)
def test_how_it_is_told(source: str, told: int) -> None:
    function = f"def show(story, given, who, error, page):\n    {source}"
    assert len(list(unescaped(ast.parse(function)))) == told


# What stands in the expressions of a chart's spec: numbers, colours, names of our own columns.
IN_EXPRESSIONS = {
    "charts.location_spec": {"closest", "command", "fit", "ink", "latitude", "line", "longitude"}
    | {"middle"},
    "charts.timeline": {"narrow"},
    "charts.world_spec": {"color", "field", "kind", "step"},
}


def in_expressions(source: ast.AST) -> Iterator[str]:
    """The names whose values are written into an expression of Vega's."""
    for node in ast.walk(source):
        held: list[ast.expr] = []
        if isinstance(node, ast.Dict):
            held = [
                value
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant) and key.value in EXPRESSIONS
            ]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in MADE:
            held = [*node.args, *(word.value for word in node.keywords)]
        elif isinstance(node, ast.JoinedStr) and "datum" in ast.unparse(node):
            held = [node]
        for text in (inner for value in held for inner in ast.walk(value)):
            if isinstance(text, ast.FormattedValue):
                names = (n.id for n in ast.walk(text.value) if isinstance(n, ast.Name))
                yield from (name for name in names if not name.isupper())
            elif isinstance(text, ast.BinOp) and isinstance(text.op, ast.Add | ast.Mod):
                yield from (n.id for n in ast.walk(text) if isinstance(n, ast.Name))


@every_module
def test_no_expression_of_a_chart_is_made_of_data(path: Path) -> None:
    assert set(in_expressions(tree(path))) <= IN_EXPRESSIONS.get(part(path), set())


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("{'filter': f\"datum.name == '{name}'\"}", {"name"}),
        ("{'filter': \"datum.name == '\" + name}", {"name"}),
        ("{'expr': 'datum.%s' % name}", {"name"}),
        ("alt.ExprRef(f'{name}')", {"name"}),
        ("base.transform_filter(f'datum.x == {who.name}')", {"who"}),
        ("alt.condition(f'datum.{name}', 1, 2)", {"name"}),
        ("shade = f'datum.id == {name}'", {"name"}),
        ("{'filter': f'datum.x > {AREA}'}", set()),
        ("{'title': f'{name}'}", set()),
    ],
)
def test_how_an_expression_of_data_is_told(source: str, names: set[str]) -> None:
    assert set(in_expressions(ast.parse(source))) == names
