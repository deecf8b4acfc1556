"""A licensing desk of one case, for pages and API: it refuses as the real one does, and remembers what it was told."""

from assistant.domain.errors import Conflict, Forbidden, InvalidInput, NotFound
from assistant.domain.principals import Permission, may
from support.clock import NOON

CASE = "H-1"


class FakeHandOffs:
    """One case of anna's about a change of seats; it is claimed by whoever asks first."""

    def __init__(self):
        self.done, self.holder, self.version, self.unread = [], None, 1, 0
        self.state = "open"

    def listed(self, principal, shown):
        self._refuse(principal)
        if shown.which not in {"open", "mine", "closed"}:
            raise InvalidInput("state", "must be one of open, mine, closed")
        wanted = {"open": self.state == "open", "mine": self.holder == principal.name, "closed": False}
        fits = shown.words in "Change seats" and shown.flow in {None, "seats"}
        return [self._line(principal)] if wanted[shown.which] and fits else []

    def show(self, principal, reference):
        self._refuse(principal)
        if reference != CASE:
            raise NotFound("There is no such case.")
        mine = self.holder == principal.name
        held = ["message", "release", "complete", "close", "correct", "return"] if mine else []
        return {
            **self._line(principal),
            "record": RECORD,
            "acts": [act("open", "Anna"), *(act(*done) for done in self.done)],
            "slots": SLOTS if mine else [],
            "can": held if self.holder else ["claim"],
        }

    def claim(self, principal, reference):
        case = self.show(principal, reference)
        if self.holder:
            raise Conflict(f"{self.holder} has this case; nothing was changed.")
        self.holder, self.state = principal.name, "claimed"
        return self._did(principal, case, "claim", "")

    def release(self, principal, reference, seen):
        case = self._current(principal, reference, seen)
        self.holder, self.state = None, "open"
        return self._did(principal, case, "release", "")

    def write(self, principal, reference, seen, text):
        return self._did(principal, self._current(principal, reference, seen), "message", self._words(text))

    def correct(self, principal, reference, seen, values):
        case = self._current(principal, reference, seen)
        if not values.get("seats", "1").isdecimal():
            raise InvalidInput("values.seats", "A number of seats is needed.")
        return self._did(principal, case, "correct", ", ".join(f"{n}={v}" for n, v in values.items()))

    def give_back(self, principal, reference, seen, text):
        return self._did(principal, self._current(principal, reference, seen), "return", text)

    def complete(self, principal, reference, seen, text, outside):
        case = self._current(principal, reference, seen)
        return self._did(principal, case, "complete", f"{self._words(text)} {outside or ''}".strip())

    def close(self, principal, reference, seen, text):
        return self._did(principal, self._current(principal, reference, seen), "close", self._words(text))

    def own(self, principal):
        return [self._own()] if principal.user_id == "U-anna" else []

    def own_one(self, principal, reference):
        if principal.user_id != "U-anna" or reference != CASE:
            raise NotFound("There is no such case.")
        return self._own()

    def waiting(self, principal):
        return self.unread if principal.user_id == "U-anna" else 0

    def _current(self, principal, reference, seen):
        case = self.show(principal, reference)
        if seen is not None and seen != self.version:
            raise Conflict("This case has changed since it was shown; nothing was changed. Read it again.")
        if self.holder != principal.name:
            raise Conflict("Claim this case first; nothing was changed.")
        return case

    def _words(self, text):
        if not text.strip():
            raise InvalidInput("text", "must be words for the partner to read")
        return text

    def _did(self, principal, case, name, text):
        self.done.append((name, principal.name, text))
        self.version += 1
        return self.show(principal, case["reference"])

    def _refuse(self, principal):
        if not may(principal, Permission.CASES_WORK):
            raise Forbidden("Only the vendor's licensing desk works on cases.")

    def _line(self, principal):
        return {
            "reference": CASE,
            "subject": "Change seats",
            "reason": "asked",
            "customer": "Bellows",
            "asker": "Anna",
            "task": "T-1",
            "flow": "seats",
            "state": self.state,
            "holder": self.holder,
            "mine": self.holder == principal.name,
            "opened_at": NOON.isoformat(),
            "changed_at": NOON.isoformat(),
            "waiting_seconds": 11_400,
            "version": self.version,
            "unread": self.unread,
        }

    def _own(self):
        return {
            "reference": CASE,
            "subject": "Change seats",
            "customer": "Bellows",
            "state": self.state,
            "holder": self.holder,
            "opened_at": NOON.isoformat(),
            "conversation": "C-1",
            "task": "T-1",
            "unread": self.unread,
            "acts": [act("open", "Anna"), *(act(*done) for done in self.done)],
        }


class FakeDeskSteps:
    """One migration that waits; it takes one code and one hash."""

    def __init__(self, hand_offs):
        self.hand_offs, self.taken = hand_offs, []

    def possible(self, principal, reference):
        self.hand_offs.show(principal, reference)
        return [{"migration": "M-1", "label": "Worry-Free, WF Services", "step": "vendor_confirmed"}]

    def preview(self, principal, reference, migration, evidence):
        self.hand_offs.show(principal, reference)
        if not evidence.strip():
            raise InvalidInput("evidence", "Say what proves it.")
        line = {"slot": "state", "label": "State", "value": "vendor confirmed"}
        return {"hash": "ab" * 32, "short_hash": "abab", "lines": [line], "consequences": [], "cites": []}

    def complete(self, principal, reference, seen, taken):
        self.hand_offs.show(principal, reference)
        if taken.code != "123456":
            raise InvalidInput("code", "That code is not right.")
        self.taken.append(taken)
        return self.hand_offs.complete(principal, reference, seen, taken.text, "R-1")


def act(name, by, text=""):
    """Return an act as the doors show it."""
    changes = (
        [{"slot": "seats", "label": "Seats", "before": "40", "after": "30"}] if name == "correct" else []
    )
    return {
        "act": name,
        "by": by,
        "at": NOON.isoformat(),
        "text": text,
        "reference": None,
        "changes": changes,
    }


SLOTS = [
    {
        "name": "customer",
        "label": "Customer",
        "kind": "customer",
        "value": "CU-1",
        "options": [{"id": "CU-1", "label": "Adatum"}, {"id": "CU-2", "label": "Bellows"}],
    },
    {"name": "seats", "label": "Seats", "kind": "number", "value": "40", "options": []},
]
RECORD = {
    "step": "confirm",
    "step_label": "Confirm",
    "reason": "asked",
    "why": "The user asked for a person.",
    "slots": [{"name": "seats", "label": "Seats", "value": "40", "id": "40"}],
    "preview": [{"slot": "seats", "label": "Seats", "value": "25 to 40"}],
    "before": {"seats": 25},
    "after": {"seats": 40},
    "cites": [{"entry": "can-the-service-plan-be-canceled", "heading": "Can the service plan be canceled?"}],
    "transcript": [{"at": NOON.isoformat(), "said": "40 seats <b>", "replied": ["Check it."]}],
}
