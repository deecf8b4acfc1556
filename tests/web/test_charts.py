"""Where lines and words of a month's chart go."""

from assistant.domain.bands import Band
from web.charts import HEIGHT, WIDTH, month_chart

BANDS = (Band(1, 50), Band(51, 100), Band(101, None))


def test_more_seats_are_higher():
    chart = month_chart([10, 40, 40], 40, BANDS, str)
    heights = [float(pair.split(",")[1]) for pair in chart.line.replace("M", "").split("L")]

    assert heights[0] == heights[1] > heights[2] == heights[5] == chart.billed.at


def test_edges_of_bands_within_reach_are_drawn_and_others_not():
    assert [edge.text for edge in month_chart([60], 60, BANDS, str).edges] == ["51-100"]
    assert [edge.text for edge in month_chart([95], 95, BANDS, str).edges] == ["101+", "51-100"]
    assert month_chart([0], 0, BANDS, str).edges == ()


def test_words_never_lie_on_one_another():
    edges = month_chart([5_000], 5_000, (*BANDS[:2], Band(101, 2500), Band(2501, None)), str).edges

    assert [edge.text for edge in edges] == ["2501+", "101-2500"]
    assert edges[1].at - edges[0].at >= 13


def test_a_month_without_seats_lies_on_the_bottom():
    chart = month_chart([0] * 31, 0, BANDS, str)

    assert chart.billed.at == chart.bottom


def test_everything_stays_within_the_drawing():
    chart = month_chart([5_000_000] * 31, 9_000_000, BANDS, str, today=31)
    numbers = [float(n) for pair in chart.area.strip("MZ").split("L") for n in pair.split(",")]

    assert all(0 <= n <= WIDTH for n in numbers[::2])
    assert all(0 <= n <= HEIGHT for n in numbers[1::2])
    assert chart.today == chart.right


def test_every_seventh_day_is_named():
    assert [day.text for day in month_chart([1] * 28, 1, BANDS, str).days] == ["1", "8", "15", "22"]
