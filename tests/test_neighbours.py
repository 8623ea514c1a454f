"""A passage that begins by pointing back is read with the one before it."""

from pathlib import Path

from conftest import HashEncoder

from index import Article, Index, Settings
from rag.neighbours import BEHIND, with_neighbours

TEXT = (
    "The Tarn ferry company runs eleven boats between the islands and the port, most of them older than the port itself. "
    "It lost 40 crowns on every trip in March because the fares were frozen by the council for the whole of the winter. "
    "Nobody on the council would say on Monday whether the fares could rise again before the end of the coming summer."
)


def test_what_points_back_brings_the_passage_before_it(index_path: Path) -> None:
    with Index.open(index_path, encoder=HashEncoder(), settings=Settings(passage_tokens=24)) as index:
        index.add([Article(id="ferry", text=TEXT)])
        snapshot = index.snapshot()
        first, second, third = snapshot.passages("ferry")
        hits = {hit.passage.start: hit for hit in snapshot.search("fares council", 3)}
        pointing, plain, opening = hits[second.start], hits[third.start], hits[first.start]
        joined = with_neighbours([pointing, plain], snapshot)
        assert [hit.passage for hit in joined] == [second, third, first]
        assert joined[-1].score == pointing.score - BEHIND
        assert with_neighbours([plain], snapshot) == [plain]
        assert with_neighbours([pointing, opening], snapshot) == [pointing, opening], "it is there already"
