"""What-ifs on the command line."""

import json


def test_a_what_if_is_printed_with_what_says_so(assistant):
    ran = assistant("what-if", "seats", "--seats", "240", "--seats-after", "260")
    as_json = assistant("what-if", "crossgrade", "--to", "XDR", "--json")
    refused = assistant("what-if", "trial", "--seats", "25")
    wrong = assistant("what-if", "crossgrade", "--to", "nothing")

    assert ran.status == 0
    assert "User band: 101-250 to 251-500" in ran.out
    assert "Policy: MSP FAQ" in ran.out
    assert "Assumed:" in ran.out
    assert json.loads(as_json.out)["type"] == "what_if"
    assert refused.status == 1
    assert "at most 10 seats" in refused.out
    assert wrong.status == 2
    assert wrong.err.startswith("to: must be one of")
