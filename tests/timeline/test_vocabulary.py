"""Words found without reading a text are those that are found by reading it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.publishing.folding import fold
from newsroom.search.matching import words_of
from timeline.vocabulary import Texts, Vocabulary

LETTERS = st.text("aAbéÉœßΣσ’'-\u0301\u00a8\u00a0 \n字") | st.text()


@pytest.mark.pure  # no database
@given(st.lists(LETTERS), LETTERS, st.integers(0, 4), st.sampled_from([0, 200]))
def test_a_word_is_found_in_every_text_that_contains_it_and_in_no_other(texts, query, few, without):
    read = Texts()
    for position, text in enumerate(texts):
        read.add(position, text)
    vocabulary = Vocabulary(read, len(texts) + without, few)
    for word in words_of(query):
        assert vocabulary.containing(word) == sum(1 << position for position, text in enumerate(texts) if word in fold(text))
