"""Owns the parts of a staging folder: a block of a source becomes files, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from dashboard.library.building import staging
from dashboard.library.building.completing import complete
from dashboard.library.building.journal import REJECTS, Done
from dashboard.library.sources.source import Block, Reject, Source

# Columns whose values repeat within a part; the others differ, and a dictionary would only cost.
_REPEATED = [
    *("date", "kind", "paraphrase", "context", "speaker", "speaker_name", "said_at"),
    *("said_at_name", "topic", "topic_name", "title", "story", "quote", "printings", "confidence"),
    *("outlets.list.element", "outlets_names.list.element", "source"),
]


class Job(NamedTuple):
    """A block to be read into a staging folder; the source is the one of this number."""

    source: Source
    number: int
    block: Block
    folder: Path


def stage(job: Job) -> Done:
    """Read a block and write its parts; return what was done. Raises OSError."""
    from dashboard.library.sources.kinds import KINDS

    found = KINDS[job.source.kind].read(job.source, job.block)
    records, rejects = complete(found, job.number)
    for name, table in {**found.tables, "records": records}.items():
        if table.num_rows:
            write_part(job.folder, name, job.number, job.block.number, table)
    taken = set(found.line)
    if rejects:
        refused = REJECTS.format(source=job.number, part=job.block.number)
        beside = job.folder / f"{refused}.part"
        beside.write_text("".join(_reject(job.source, r, taken) for r in rejects), "utf-8")
        beside.replace(job.folder / refused)
    rejected = len({reject.line for reject in rejects} - taken)
    return Done(
        source=job.number,
        part=job.block.number,
        lines=found.lines or job.block.lines,
        records=records.num_rows,
        rejected=rejected,
        drafts=found.drafts,
        at=job.block.at,
    )


def write_part(folder: Path, name: str, source: int, part: int, table: pa.Table) -> None:
    """Write a part of a staged table beside its place, and put it there."""
    import pyarrow.parquet as pq

    final = folder / staging.PART.format(table=name, source=source, part=part)
    beside = final.with_suffix(".part")
    pq.write_table(
        table,
        beside,
        compression="lz4",
        use_dictionary=_REPEATED if name == "records" else True,
        write_statistics=False,
    )
    beside.replace(final)


def _reject(source: Source, reject: Reject, taken: set[int]) -> str:
    """One line of the rejects file; `part` where the rest of the line was taken."""
    told = {
        "file": str(source.path),
        "line": reject.line,
        "reason": reject.reason,
        "text": reject.text,
    } | ({"part": True} if reject.line in taken else {})
    return f"{json.dumps(told, ensure_ascii=False)}\n"
