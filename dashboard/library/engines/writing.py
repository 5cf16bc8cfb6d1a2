"""Writing SQL for a server: Ibis's own, in forms that servers answer fast, and counting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dashboard.library.engines.servers import Server

if TYPE_CHECKING:
    import ibis.expr.types as ir

# A column of all statements has been counted: its facet and role in `totals`.
TOTALS = MappingProxyType(
    {
        "speaker": ("actors", "by"),
        "about": ("about", "any"),
        "actors": ("actors", "any"),
        "said_at": ("places", "in"),
        "about_places": ("places", "about"),
        "places": ("places", "any"),
        "outlets": ("outlets", "any"),
        "topic": ("topics", "any"),
        "kind": ("kinds", "any"),
        "month": ("months", "any"),
    }
)


def written(expression: ir.Table, dialect: str) -> str:
    """An expression over a library's tables as SQL; its values are literals, quoted by Ibis."""
    compiler = _compiler(dialect)
    query = _unordered(compiler.to_sqlglot(expression).transform(_plain))
    return str(query.sql(compiler.dialect))


def tallied(
    server: Server,
    chosen: ir.Table,
    quotes: ir.Table,
    build: str,
    columns: Mapping[str, bool],
    most: int,
    also: Mapping[str, Sequence[int] | None],
) -> str:
    """SQL for `Engine.tally`: rows of a column's position, a value and its count."""
    if _all_of(chosen, quotes):
        beginning, counted = "", [_total(build, name) for name in columns]
    else:
        beginning = f"{server.chosen} ({written(chosen, server.dialect)}) "
        counted = [_count(server, name, several) for name, several in columns.items()]
    parts = [_ranked(n, counted[n], most, also.get(name, ())) for n, name in enumerate(columns)]
    return beginning + " UNION ALL ".join(parts)


def _all_of(chosen: ir.Table, table: ir.Table) -> bool:
    """Whether some columns of a table are chosen, under their names, and no rows."""
    from ibis.expr import operations

    node = chosen.op()
    while isinstance(node, operations.Project):
        if not all(
            isinstance(value, operations.Field) and value.name == name
            for name, value in node.values.items()
        ):
            return False
        node = node.parent
    return bool(node == table.op())


def _total(build: str, column: str) -> str:
    """What has been counted when the library was built."""
    facet, role = TOTALS[column]
    return f"SELECT value, n FROM \"{build}\".totals WHERE facet = '{facet}' AND role = '{role}'"  # noqa: S608


def _count(server: Server, column: str, several: bool) -> str:
    value = server.unnest.format(f'"{column}"') if several else f'"{column}"'
    every = f"(SELECT {value} AS value FROM chosen) AS every"  # noqa: S608
    return f"SELECT value, count(*) AS n FROM {every} GROUP BY value"  # noqa: S608


def _ranked(n: int, counted: str, most: int, also: Sequence[int] | None) -> str:
    ranked = (
        f"SELECT value, n, row_number() OVER (ORDER BY n DESC, value) AS place "  # noqa: S608
        f"FROM ({counted}) AS counted{n}"
    )
    kept = ""
    if also is not None:
        kept = f" WHERE place <= {int(most)}"
        if also:
            kept += f" OR value IN ({', '.join(str(int(value)) for value in also)})"
    return f"SELECT {n} AS facet, value, n FROM ({ranked}) AS ranked{n}{kept}"  # noqa: S608


@lru_cache(maxsize=4)
def _compiler(dialect: str) -> Any:
    # The compilers alone: a backend of Ibis would bring its own connection, and pandas.
    from ibis.backends.sql import compilers

    return {"postgres": compilers.PostgresCompiler, "clickhouse": compilers.ClickHouseCompiler}[
        dialect
    ]()


def _plain(node: Any) -> Any:
    """What servers find an index for, instead of what means the same.

    `CASE WHEN x IS NULL THEN NULL ELSE x IN (…) END`, as narwhals writes `is_in`, is `x IN (…)`;
    and so is `x = 1 OR x = 2 OR …`. A day may be long ago.
    """
    from sqlglot import expressions as sql

    if isinstance(node, sql.If) and isinstance(node.args.get("true"), sql.Null):
        otherwise = node.args.get("false")
        if isinstance(otherwise, sql.In):
            asked = node.this
            null = asked.this if isinstance(asked, sql.Is) else (asked.expressions or [None])[0]
            if null == otherwise.this:
                return otherwise
    if isinstance(node, sql.Anonymous) and node.this == "toDate":  # ClickHouse's, from 1970 on
        return sql.Anonymous(this="toDate32", expressions=node.expressions)
    if isinstance(node, sql.Or):
        constant = (sql.Literal, sql.Neg)
        equal = list(node.flatten())
        if all(isinstance(e, sql.EQ) and isinstance(e.expression, constant) for e in equal):
            of = equal[0].this
            if isinstance(of, sql.Column) and all(e.this == of for e in equal):
                return sql.In(this=of, expressions=[e.expression for e in equal])
    return node


def _unordered(query: Any) -> Any:
    """Without the order of what is only looked up in: a server would sort it first."""
    from sqlglot import expressions as sql

    for looked_up in query.find_all(sql.Exists, sql.Join):
        for part in looked_up.find_all(sql.Select):
            if not part.args.get("limit"):
                part.set("order", None)
    return query
