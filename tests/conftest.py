"""What holds for all tests: matching goes by words, except where a test asks for the models (they take seconds to load)."""

import pytest


@pytest.fixture(autouse=True)
def _by_words(monkeypatch):
    monkeypatch.setenv("ASSISTANT_SEMANTIC", "false")
