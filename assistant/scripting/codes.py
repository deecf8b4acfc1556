"""The one-time codes of a script: what stands for a good, a wrong and a used one."""

import re
from collections.abc import Callable
from datetime import timedelta

from assistant.bootstrap import Application
from assistant.domain.errors import InvalidInput
from assistant.domain.principals import Principal
from assistant.domain.quotes import StepUp
from assistant.scripting.clock import ScriptClock

_LASTS = timedelta(seconds=30)
_NO_CAPSULE = "0" * 64


class Codes:
    """Puts codes in place of ``GOOD``, ``BAD`` and ``USED``; ``sent`` keeps all of them, for none may be stored."""

    def __init__(self, clock: ScriptClock) -> None:
        self._clock = clock
        self.sent: list[str] = []

    def put_into(
        self, text: str, application: Application, username: str | None, principal: Principal | None
    ) -> str:
        """Return the text with codes of this user in it. Raises InvalidInput where nobody is signed in."""

        def current() -> str:
            if username is None:
                raise InvalidInput("as", "is needed where a code is sent")
            return application.access.current_code(username)[0]

        def good() -> str:
            return self._fresh(current)

        def bad() -> str:
            # half a million away from the present code, which is neither of its neighbours but by a hair's chance
            return f"{(int(current()) + 500_000) % 1_000_000:06d}"

        def used() -> str:
            code = good()
            if principal is None or not isinstance(
                application.access.accept(principal.user_id, code, _NO_CAPSULE), StepUp
            ):
                raise InvalidInput("USED", "cannot be had here: no code of this user is accepted at present")
            return code

        for word, make in (("GOOD", good), ("BAD", bad), ("USED", used)):
            if re.search(rf"\b{word}\b", text):
                code = make()
                self.sent.append(code)
                text = re.sub(rf"\b{word}\b", code, text)
        return text

    def _fresh(self, current: Callable[[], str]) -> str:
        """Return a code that was not sent before, waiting for the next one where it was."""
        while (code := current()) in self.sent:
            self._clock.instant += _LASTS
        return code
