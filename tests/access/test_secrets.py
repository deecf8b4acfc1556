"""Secrets at rest: sealed, hashed, bound to their owner; nothing planted is found in the database."""

import base64
import os
import stat
from dataclasses import replace

import pytest

from assistant.access.keys import Vault, read_vault
from assistant.access.passwords import HASHES_AT_ONCE, HashingCost, Passwords, check_new
from assistant.domain.accounts import Session
from assistant.domain.errors import Conflict, Forbidden, InvalidInput, NotFound
from assistant.domain.principals import Role
from assistant.domain.security_events import SecurityEvent
from support.access import ANNA_PASSWORD, ANNA_SECRET, CHEAP, KEY, Identity
from support.databases import stored_in

NEW_KEY = bytes(range(100, 132))


def test_no_secret_stands_in_the_database(identity):
    identity.anna(totp_secret=None)
    token = identity.begin()
    enrolment = identity.access.enrol(token)
    codes = identity.access.confirm_enrolment(token, identity.code(secret=enrolment.secret))
    session = identity.access.acknowledge_recovery(token, address="192.0.2.1")

    stored = stored_in(identity.database)

    planted = [ANNA_PASSWORD, enrolment.secret, token, session.token, *codes]
    planted += [code.replace("-", "")[2:] for code in codes]
    assert [secret for secret in planted if secret.encode() in stored] == []
    assert b"anna" in stored


def test_a_password_typed_as_the_name_is_not_stored(identity):
    with pytest.raises(Exception, match="not right"):
        identity.begin(username=ANNA_PASSWORD, password="anna")

    stored = stored_in(identity.database)

    assert ANNA_PASSWORD.encode() not in stored


def test_a_sealed_secret_opens_for_its_owner_only():
    vault = Vault((KEY,))
    sealed = vault.seal(ANNA_SECRET, "US-1")

    with pytest.raises(InvalidInput, match="belongs to another user"):
        vault.open(sealed, "US-2")

    assert vault.open(sealed, "US-1") == ANNA_SECRET


@pytest.mark.parametrize("sealed", ["", "1", "2:00:00", "1:ffffffff:AAAA"])
def test_what_no_key_of_ours_sealed_is_refused(sealed):
    with pytest.raises(InvalidInput):
        Vault((KEY,)).open(sealed, "US-1")


def test_swapped_rows_do_not_open(identity):
    anna = identity.anna()
    ben = identity.accounts.provision(
        username="ben", name="Ben", role=Role.SALES, password="correct-horse-7", totp_secret=ANNA_SECRET
    )
    with identity.storage.writing() as unit:
        hers = unit.factors.find(anna.principal.user_id)
        unit.factors.put(replace(hers, user_id=ben.principal.user_id), (), identity.clock.now())
        unit.commit()

    with pytest.raises(InvalidInput, match="belongs to another user"):
        identity.access.accept(ben.principal.user_id, identity.code(), "c" * 64)


def test_after_rotation_the_old_key_is_no_longer_needed(tmp_path):
    before = Identity(tmp_path / "identity.sqlite3")
    before.anna()
    before.close()
    both = Identity(before.place, vault=Vault((NEW_KEY, KEY)))

    first, second = both.accounts.rotate_keys(), both.accounts.rotate_keys()

    both.close()
    after = Identity(before.place, vault=Vault((NEW_KEY,)))
    assert (first, second) == (1, 0)
    assert isinstance(after.sign_in(), Session)
    after.close()


def test_codes_are_accepted_while_both_keys_are_in_force(tmp_path):
    before = Identity(tmp_path / "identity.sqlite3")
    before.anna()
    before.close()

    both = Identity(before.place, vault=Vault((NEW_KEY, KEY)))

    assert isinstance(both.sign_in(), Session)
    both.close()


@pytest.mark.parametrize(
    "key", ["short", "A" * 43 + "=", "not base 64 at all, though it is long enough", "\u00e9" * 44]
)
def test_a_weak_or_malformed_key_stops_the_start(tmp_path, key):
    with pytest.raises(InvalidInput, match="32 random bytes"):
        read_vault((key,), tmp_path, generate=False)


def test_keys_are_read_in_both_alphabets_of_base_64(tmp_path):
    key = bytes(range(224, 256))
    sealed = read_vault((base64.b64encode(key).decode(),), tmp_path, generate=False).seal("x", "US-1")

    vault = read_vault((base64.urlsafe_b64encode(key).decode().rstrip("="),), tmp_path, generate=False)

    assert vault.open(sealed, "US-1") == "x"


def test_without_keys_there_is_no_start_where_none_may_be_made(tmp_path):
    with pytest.raises(InvalidInput, match="is required"):
        read_vault((), tmp_path, generate=False)

    assert list(tmp_path.iterdir()) == []


def test_the_key_file_is_made_once_and_is_its_owners_alone(tmp_path):
    sealed = read_vault((), tmp_path / "data", generate=True).seal("x", "US-1")

    again = read_vault((), tmp_path / "data", generate=True)

    (file,) = os.scandir(tmp_path / "data")
    assert again.open(sealed, "US-1") == "x"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_hash_of_another_cost_is_renewed_at_the_next_sign_in(tmp_path):
    cheap = Identity(tmp_path / "identity.sqlite3", passwords=Passwords(CHEAP))
    anna = cheap.anna().principal.user_id
    cheap.close()
    dearer = Identity(cheap.place, passwords=Passwords(HashingCost(memory_kib=128, passes=2)))

    dearer.begin()

    with dearer.storage.reading() as unit:
        assert "m=128,t=2,p=1" in unit.users.by_id(anna).password_hash
    assert dearer.access.pending_user(dearer.begin()).username == "anna"
    dearer.close()


def test_the_default_cost_is_argon2id_of_19_mib_and_two_passes():
    with Passwords().slot() as hashing:
        stored = hashing.hash("correct-horse-9")

    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_no_more_than_eight_may_hash_at_once():
    passwords = Passwords(CHEAP)
    held = [passwords.slot() for _ in range(HASHES_AT_ONCE)]
    for slot in held:
        slot.__enter__()

    free = passwords._slots.acquire(blocking=False)

    assert HASHES_AT_ONCE == 8
    assert not free
    for slot in held:
        slot.__exit__(None, None, None)


@pytest.mark.parametrize("stored", [None, "", "no hash"])
def test_no_password_matches_what_is_no_hash(stored):
    with Passwords(CHEAP).slot() as hashing:
        assert not hashing.matches(stored, "")


@pytest.mark.parametrize(
    "password",
    [
        "",
        "elevenchars",
        "x" * 1025,
        "password1234",
        "Password1234!",
        "123456789012",
        "aaaaaaaaaaaa",
        "qwertyuiop12",
        "annabelle-1234",
    ],
)
def test_a_short_huge_or_guessable_password_is_refused(password):
    with pytest.raises(InvalidInput) as refusal:
        check_new(password, ["annabelle"])

    assert refusal.value.field == "password"


@pytest.mark.parametrize(
    "password",
    [
        "twelve chars",
        "plum kettle orbit",
        "  spaces count  ",
        "\u00fcml\u00e4uts-z\u00e4hlen",
        "7" + "ab c" * 255,
    ],
)
def test_any_other_password_from_12_characters_is_allowed(password):
    assert check_new(password, ["annabelle"]) is None


def test_a_password_is_taken_exactly_as_typed(identity):
    identity.accounts.add(username="eve", name="Eve", role=Role.SALES, password="  Spaces count  ")

    with pytest.raises(Exception, match="not right"):
        identity.begin("eve", "Spaces count")

    assert identity.access.pending_user(identity.begin("eve", "  Spaces count  ")).username == "eve"


def test_adding_a_user_twice_is_refused_and_changes_nothing(identity):
    before = identity.anna()

    with pytest.raises(Conflict):
        identity.accounts.add(username="ANNA", name="Other", role=Role.SALES, password="plum kettle orbit")

    assert identity.accounts.list() == (before,)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("username", {"username": "two words"}),
        ("name", {"name": " "}),
        ("partner", {"role": Role.PARTNER_ADMIN}),
        ("customer", {"role": Role.END_CUSTOMER}),
        ("totp_secret", {"totp_secret": "not base 32"}),
        ("password", {"password": ""}),
    ],
)
def test_a_bad_field_of_an_account_is_named(identity, field, values):
    good = {"username": "eve", "name": "Eve", "role": Role.SALES, "password": "correct-horse-7"}

    with pytest.raises(InvalidInput) as refusal:
        identity.accounts.provision(**{**good, **values})

    assert refusal.value.field == field
    assert identity.accounts.list() == ()


def test_the_current_code_is_shown_in_demo_and_test_mode(identity):
    identity.anna()

    digits, ends = identity.access.current_code("anna")

    assert digits == identity.code()
    assert (ends - identity.clock.now()).total_seconds() == 30


def test_the_current_code_is_not_shown_in_production(tmp_path):
    production = Identity(tmp_path / "identity.sqlite3", codes_visible=False)
    production.anna()

    with pytest.raises(Forbidden):
        production.access.current_code("anna")

    production.close()


def test_there_is_no_current_code_without_a_factor(identity):
    identity.anna(totp_secret=None)

    with pytest.raises(NotFound):
        identity.access.current_code("anna")


def test_what_happened_is_recorded_with_who_when_and_from_where(identity):
    anna = identity.anna().principal.user_id
    token = identity.begin(address="192.0.2.7\r\nforged")
    identity.access.complete(token, identity.wrong_code(), address="192.0.2.7")
    identity.access.complete(token, identity.code(), address="192.0.2.7")

    events = identity.parts.record.all()

    assert [event.name for event in events] == [
        SecurityEvent.ACCOUNT_PROVISIONED,
        SecurityEvent.PASSWORD_ACCEPTED,
        SecurityEvent.CODE_WRONG,
        SecurityEvent.CODE_ACCEPTED,
        SecurityEvent.SESSION_OPENED,
        SecurityEvent.DEVICE_NEW,
    ]
    assert {event.user_id for event in events} == {anna}
    assert events[1].address == "192.0.2.7forged"
    assert {event.at for event in events} == {identity.clock.now()}


def test_the_tables_are_those_of_the_migration(identity):
    from assistant.persistence import schema
    from assistant.persistence.tables.identity import metadata

    ours = {
        "users",
        "second_factors",
        "recovery_codes",
        "sign_ins",
        "sessions",
        "attempts",
        "security_events",
    }
    different = [
        change
        for change in schema.differences(identity.database)
        if any(name in repr(change) for name in ours)
    ]

    assert ours <= set(metadata.tables)
    assert different == []
