"""What a script can let happen, what its codes stand for, and what a client shows afterwards."""

import pytest

from assistant.domain.errors import InvalidInput

ANNA = "id: s\nas: anna\nworld: world.yaml\nturns:\n"


def unmet(result):
    return [(failure.turn, failure.check, failure.expected, failure.found) for failure in result.failures]


def test_a_good_code_is_taken_a_wrong_and_a_used_one_are_not(play):
    result = play(
        ANNA + '  - {u: "5 more seats for Adatum", task: seats/confirm}\n'
        '  - {u: "yes", ask: code}\n'
        '  - {u: "BAD", task: seats/stepup, writes: 0}\n'
        '  - {u: "USED", task: seats/stepup, writes: 0}\n'
        '  - {u: "GOOD", task: seats/done, writes: 1, write: {op: seats, customer: Adatum, seats: 45}}\n'
    )

    assert unmet(result) == []


def test_every_good_code_is_another_one(play):
    change = '  - {u: "5 more seats for Adatum"}\n  - {u: "yes"}\n  - {u: "GOOD"}\n'

    result = play(ANNA + change + change.replace('"GOOD"', '"GOOD", writes: 2'))

    assert unmet(result) == []


def test_somebody_else_changes_the_customer_and_the_preview_is_shown_anew(play):
    result = play(
        ANNA + '  - {u: "5 more seats for Adatum", preview: {seats_after: 45}}\n'
        "  - do: {backend: {op: seats, customer: Adatum, seats: 50}}\n"
        '  - {u: "yes"}\n'
        '  - {u: "GOOD", task: seats/confirm, preview: {seats_before: 50}, writes: 0}\n'
    )

    assert unmet(result) == []


def test_a_conversation_opened_by_another_shows_nothing_of_it(play):
    result = play(
        ANNA + '  - {u: "5 more seats for Adatum"}\n'
        "  - {do: {open_as: carla}, hasnt: Adatum, has: no such conversation, task: none, abstain: not_permitted}\n"
        "  - {do: {open_as: anna}, has: Adatum, task: seats/confirm, abstain: none}\n"
    )

    assert unmet(result) == []


def test_after_signing_in_on_another_device_or_a_restart_the_task_is_shown_where_it_was(play):
    result = play(
        ANNA + '  - {u: "5 more seats for Adatum"}\n'
        "  - {do: {sign_in: anna, device: B}, has: Adatum, task: seats/confirm}\n"
        "  - {do: {restart: true}, has: Adatum, task: seats/confirm}\n"
    )

    assert unmet(result) == []


def test_another_user_who_signs_in_has_a_conversation_of_its_own(play):
    result = play(
        ANNA + '  - {u: "5 more seats for Adatum"}\n'
        "  - {do: {sign_in: carla}, hasnt: Adatum, task: none, ask: none}\n"
        '  - {u: "5 more seats for Woodgrove", task: seats/confirm}\n'
    )

    assert unmet(result) == []


def test_a_visitor_who_signs_in_goes_on_in_the_same_conversation(play):
    result = play(
        "id: s\nworld: world.yaml\nturns:\n"
        '  - {u: "how large can a trial be"}\n'
        "  - {do: {sign_in: anna}, cite: [Are Trail Versions available?]}\n"
    )

    assert unmet(result) == []


def test_what_is_expected_before_the_first_message_is_checked_as_well(play):
    result = play(ANNA + "  - {do: {advance: 2d}, has: something, writes: 0}\n")

    assert unmet(result) == [(1, "has", "something", None)]


def test_a_message_that_is_refused_is_told_like_in_a_client(play):
    result = play(ANNA + f'  - {{u: "{"x" * 4001}", has: 4000 characters, abstain: none, writes: 0}}\n')

    assert unmet(result) == []


@pytest.mark.parametrize(
    ("turns", "place"),
    [
        ("  - {do: {backend: {op: seats, customer: Woodgrove, seats: 9}}}", "backend.customer"),
        ("  - {do: {sign_in: nobody}}", "sign_in"),
        ("  - {do: {open_as: nobody}}", "open_as"),
        ("  - {do: {redeliver: last}}", "redeliver"),
    ],
)
def test_an_event_that_cannot_be_is_refused(play, turns, place):
    with pytest.raises(InvalidInput) as refused:
        play(ANNA + turns)

    assert refused.value.field == place


def test_a_backend_changes_for_users_of_a_partner_only(play):
    with pytest.raises(InvalidInput, match="user of the partner"):
        play(
            "id: s\nas: sal\nworld: world.yaml\nturns:\n  - do: {backend: {op: seats, customer: Adatum, seats: 9}}"
        )
