"""A code is used up by a change that could be made, and by nothing that is refused anyway."""

import pytest

from assistant.domain.actions import StartTrial
from assistant.domain.quotes import Capsule
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.ports.wire.licensing import capsule_json
from support.web import CITATION, GOOD, FakeLicensing, person


class CountingAccess:
    """Counts the codes that were used up."""

    def __init__(self, access):
        self._access, self.used = access, 0

    def __getattr__(self, name):
        return getattr(self._access, name)

    def accept(self, *arguments):
        self.used += 1
        return self._access.accept(*arguments)


class RefusingLicensing(FakeLicensing):
    """Refuses everything from now on."""

    def __init__(self, code):
        super().__init__()
        self.code = code

    def preview(self, principal, action):
        return Refusal(self.code, cites=(CITATION,))


@pytest.fixture
def body(application):
    quote = application.licensing.preview(person("anna"), StartTrial("CU-1", "wfs", 6))
    return {"capsule": capsule_json(Capsule("trial", 1, "T-1", "U-anna", quote)), "code": GOOD}


@pytest.fixture
def counted(application):
    application.access = CountingAccess(application.access)
    return application


@pytest.mark.parametrize("code", [RefusalCode.NOT_PERMITTED, RefusalCode.TRIAL_TOO_LARGE])
def test_what_is_refused_uses_up_no_code(counted, api, body, code):
    counted.licensing = RefusingLicensing(code)

    answer = api.sign_in("ben").post("/licensing/execute", body).json

    assert (answer["type"], answer["code"]) == ("refusal", code.value)
    assert counted.access.used == 0
    assert counted.licensing.executed == {}


def test_what_can_be_made_uses_up_one_code_and_none_when_sent_again(counted, api, body):
    api.sign_in("anna")

    receipts = [api.post("/licensing/execute", body).json for _ in range(2)]

    assert receipts[0] == receipts[1]
    assert counted.access.used == 1
