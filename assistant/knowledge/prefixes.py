"""Keys in order, so that all that begin alike are found without looking at the others; with one mistake as well."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain

from rapidfuzz import process
from rapidfuzz.distance import OSA

Need = tuple[range, ...]
"""What one typed word may begin: places of keys in their order."""

_BEHIND_ALL = "\x7f"
_SHORTEST_MISSPELT = 4
_REMEMBERED = 4096


class PrefixIndex:
    """Rows of keys (lower-case ASCII words or phrases), each with the number of its owner.

    An owner may have several rows; without owners each row is its own. Safe to share between threads.
    """

    def __init__(self, rows: Sequence[Iterable[str]], owners: Sequence[int] | None = None) -> None:
        rows = [frozenset(key for key in row if key) for row in rows]
        self._keys = sorted(frozenset().union(*rows))
        place = {key: number for number, key in enumerate(self._keys)}
        self._rows = [frozenset(place[key] for key in row) for row in rows]
        self._owners = owners if owners is not None else range(len(rows))
        self._holding: list[list[int]] = [[] for _ in self._keys]
        self._of_owner: dict[int, list[int]] = {}
        for number, row in enumerate(self._rows):
            self._of_owner.setdefault(self._owners[number], []).append(number)
            for key in row:
                self._holding[key].append(number)
        self._sizes = [0, *accumulate(len(numbers) for numbers in self._holding)]
        self._beginnings: dict[int, list[str]] = {}
        self.nearly_starting = lru_cache(_REMEMBERED)(self._nearly_starting)

    def starting(self, prefix: str) -> range:
        """Return the places of the keys that start so."""
        return range(bisect_left(self._keys, prefix), bisect_left(self._keys, prefix + _BEHIND_ALL))

    def exactly(self, key: str) -> range:
        """Return the place of one key, if it is there."""
        place = bisect_left(self._keys, key)
        return range(place, place + (place < len(self._keys) and self._keys[place] == key))

    def size(self, need: Need) -> int:
        """Return how many rows at most hold what is needed; costs the same for many and for few."""
        return sum(self._sizes[places.stop] - self._sizes[places.start] for places in need)

    def owners_of(self, narrowest: Need, needs: Collection[Need]) -> set[int]:
        """Return the owners of a row that holds all that is needed; ``narrowest`` is the need to start from."""
        rows = {row for places in narrowest for place in places for row in self._holding[place]}
        for need in needs:
            if need is not narrowest:
                wanted = frozenset(chain.from_iterable(need))
                rows = {row for row in rows if not wanted.isdisjoint(self._rows[row])}
        return {self._owners[row] for row in rows}

    def holding(self, owners: Iterable[int], needs: Collection[Need]) -> Iterator[int]:
        """Yield those owners, in their order, of whom one row holds all that is needed."""
        wanted = [frozenset(chain.from_iterable(need)) for need in needs]
        for owner in owners:
            rows = [self._rows[row] for row in self._of_owner.get(owner, ())]
            for keys in wanted:
                rows = [row for row in rows if not keys.isdisjoint(row)]
            if rows:
                yield owner

    def _nearly_starting(self, word: str) -> Need:
        """Return the places of keys that start as ``word`` would with one mistake taken out.

        A mistake is a letter that is wrong, missing, or swapped with the next, from four letters on; from five on also
        one too many. Words with digits have none.
        """
        length = len(word)
        if length < _SHORTEST_MISSPELT or not word.isalpha():
            return ()
        lengths = range(length - (length > _SHORTEST_MISSPELT), length + 2)
        found = {
            beginning
            for number in lengths
            for beginning, _, _ in process.extract(
                word, self._of_length(number), scorer=OSA.distance, score_cutoff=1, limit=None
            )
            if beginning != word
        }
        return tuple(self.starting(beginning) for beginning in sorted(found))

    def _of_length(self, length: int) -> list[str]:
        """Return the different beginnings of a length, of the keys that have one; listed when first asked for."""
        if length not in self._beginnings:
            longer = (key[:length] for key in self._keys if len(key) >= length)
            self._beginnings[length] = list(dict.fromkeys(longer))
        return self._beginnings[length]
