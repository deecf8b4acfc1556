import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.bands import Band, band_faults
from support.licensing import TODAY, the_catalogue


@pytest.mark.parametrize(
    ("seats", "label"),
    [
        (0, "1-50"),
        (50, "1-50"),
        (51, "51-100"),
        (250, "101-250"),
        (251, "251-500"),
        (500, "251-500"),
        (1001, "1001+"),
    ],
)
def test_the_edges_belong_to_the_bands_that_name_them(seats, label):
    assert the_catalogue().band(seats, TODAY).label == label


@given(st.integers(0, 2_000_000), st.integers(0, 2_000_000))
def test_more_seats_never_lower_the_band(first, second):
    fewer, more = sorted((first, second))

    assert the_catalogue().band(fewer, TODAY).minimum <= the_catalogue().band(more, TODAY).minimum


@pytest.mark.parametrize(
    ("bands", "fault"),
    [
        ([], "at least one"),
        ([Band(2, None)], "must start at 1"),
        ([Band(1, 50), Band(52, None)], "must start at 51"),
        ([Band(1, 50), Band(50, None)], "must start at 51"),
        ([Band(1, 50)], "open upwards"),
        ([Band(1, None), Band(51, None)], "out of reach"),
        ([Band(1, 0), Band(1, None)], "ends before"),
    ],
)
def test_bands_with_gaps_overlaps_or_an_end_are_faulty(bands, fault):
    assert any(fault in found for found in band_faults(bands))
