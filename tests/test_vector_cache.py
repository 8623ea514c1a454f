"""The cache of sentence vectors: nothing is encoded twice, and nothing of another encoder is served."""

import threading

import numpy as np
from conftest import HashEncoder

from rag.vectors import VectorCache


def test_a_text_is_encoded_once(hash_encoder: HashEncoder) -> None:
    encode = VectorCache().through(hash_encoder)
    encode(["hail", "rain"])
    encode(["rain", "hail", "snow", "snow"])
    assert hash_encoder.encoded == ["hail", "rain", "snow"]


def test_rows_come_in_the_order_asked(hash_encoder: HashEncoder) -> None:
    encode = VectorCache().through(hash_encoder)
    encode(["rain"])
    assert np.array_equal(encode(["hail", "rain"]), HashEncoder().encode(["hail", "rain"]))


def test_another_encoder_has_vectors_of_its_own() -> None:
    cache, other = VectorCache(), HashEncoder("b1" * 8)
    cache.through(HashEncoder())(["hail"])
    cache.through(other)(["hail"])
    assert other.encoded == ["hail"]


def test_the_texts_used_last_are_kept(hash_encoder: HashEncoder) -> None:
    encode = VectorCache(most=2).through(hash_encoder)
    for texts in (["hail"], ["rain"], ["hail"], ["snow"], ["hail"], ["rain"]):
        encode(texts)
    assert hash_encoder.encoded == ["hail", "rain", "snow", "rain"]


def test_several_threads_get_the_right_rows(hash_encoder: HashEncoder) -> None:
    encode = VectorCache(most=8).through(hash_encoder)
    texts = [f"text {n}" for n in range(20)]
    wrong: list[str] = []

    def ask() -> None:
        for text in texts * 5:
            if not np.array_equal(encode([text])[0], HashEncoder().encode([text])[0]):
                wrong.append(text)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
