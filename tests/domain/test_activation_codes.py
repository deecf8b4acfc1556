from assistant.domain.activation_codes import ACTIVATION_CODE, masked, synthetic_code
from support.clock import FakeIds


def test_a_synthetic_code_has_the_shape_and_says_that_it_is_one():
    code = synthetic_code("WF", FakeIds().number)

    assert ACTIVATION_CODE.fullmatch(code)
    assert code.startswith("WF-DEMO-")
    assert len(code) == 37


def test_a_masked_code_shows_family_and_two_characters_and_no_block():
    shown = masked("WF-DEMO-ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2")

    assert shown == "WF-****-*****-*****-*****-*****-***Z2"
    assert not ACTIVATION_CODE.fullmatch(shown)
