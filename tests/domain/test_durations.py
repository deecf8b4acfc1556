from datetime import timedelta

import pytest

from assistant.domain.durations import duration
from assistant.domain.errors import InvalidInput


@pytest.mark.parametrize(("text", "days"), [("2d", 2), ("1w", 7), ("48h", 2), ("1440m", 1)])
def test_durations_are_a_number_and_a_unit(text, days):
    assert duration(text) == timedelta(days=days)


@pytest.mark.parametrize("text", ["", "2", "d", "-1d", "1.5h", "2 d", "٢d", "999999d"])
def test_anything_else_is_refused_by_the_fields_name(text):
    with pytest.raises(InvalidInput) as caught:
        duration(text, "by")
    assert caught.value.field == "by"
