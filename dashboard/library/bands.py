"""Near-duplicates: the bands of a text's MinHash, of which like texts very probably share one.

A text is the set of its words and of its pairs of neighbouring words. For each of 36 orders of all
such shingles, MinHash keeps the least of the text's own; two texts keep the same one with the
probability s, the Jaccard similarity of their sets. Three orders make a band, so that a pair shares
at least one of the 12 bands with the probability 1 - (1 - s³)¹² (Leskovec, Rajaraman and Ullman,
Mining of Massive Datasets, chapter 3.4: 1 - (1 - s^r)^b). Sentences that differ in a sixth of their
words have s ≈ 0.65 and are found in 98 of 100 cases; those that share no more than usual (s ≈ 0.02)
meet in one case of ten thousand. A build makes all bands anew, so that they may be others when the
library that hashes is another.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Hashes = npt.NDArray[np.uint64]

BANDS, ROWS = 12, 3
FEWEST_WORDS = 5  # shorter ones are alike by chance
SEED = 20150114

_FACTOR = 0x9E3779B97F4A7C15  # 2⁶⁴ divided by the golden ratio: it spreads numbers evenly


def bands(folded: pa.Array) -> pa.Array:
    """The bands of texts as `folding.searchable` makes them: lists of 12 int64, or none.

    The same words give the same numbers in whatever company.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    words = pc.split_pattern(pc.utf8_trim_whitespace(folded.cast(pa.string())), " ")
    counts = pc.list_value_length(words).fill_null(0).to_numpy()
    enough = counts >= FEWEST_WORDS
    hashes = _hashes(words.filter(pa.array(enough)).flatten())
    made = _bands(hashes, np.concatenate([[0], np.cumsum(counts[enough])]))
    offsets = np.concatenate([[0], np.cumsum(enough * BANDS)]).astype(np.int32)
    return pa.ListArray.from_arrays(offsets, made.reshape(-1).view(np.int64))


def _hashes(words: pa.Array) -> Hashes:
    """A number for each word; each different word is hashed once."""
    import numpy as np
    from rensa import RMinHash

    coded = words.dictionary_encode()
    (found,) = RMinHash.hash_token_sets([coded.dictionary.to_pylist()])
    hashes: Hashes = np.array(found, np.uint64)[coded.indices.to_numpy()]
    return hashes


def _bands(words: Hashes, begins: npt.NDArray[np.int64]) -> Hashes:
    """A row of bands for each text; its words are those from where it begins to the next one."""
    import numpy as np
    from rensa import RMinHash

    pairs = words.copy()  # the last word of a text has no neighbour: it stands twice
    pairs[:-1] = words[:-1] * np.uint64(_FACTOR) + words[1:]
    pairs[begins[1:] - 1] = words[begins[1:] - 1]
    shingles = np.stack([words, pairs], axis=1).reshape(-1)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        shingles, 2 * begins, num_perm=BANDS * ROWS, seed=SEED
    )
    least = np.fromiter(chain.from_iterable(matrix.to_rows()), np.uint64)
    least = least.reshape(-1, BANDS, ROWS)
    made = np.broadcast_to(np.arange(1, BANDS + 1, dtype=np.uint64), least.shape[:2])
    for row in range(ROWS):
        made = made * np.uint64(_FACTOR) + least[:, :, row]
        made ^= made >> np.uint64(29)
    return made
