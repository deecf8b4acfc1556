"""Options of the server that it cannot take."""

import pytest


@pytest.mark.parametrize(
    "options", [["--port", "0"], ["--port", "65536"], ["--workers", "0"], ["--port", "x"]]
)
def test_an_option_out_of_range_is_bad_use(assistant, options):
    ran = assistant("serve", *options)

    assert ran.status == 2
    assert "Traceback" not in ran.err
