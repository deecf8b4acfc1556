"""World files: loaded whole or not at all."""

import json

import pytest

WORLD = """
clock: 2026-03-15T10:00:00Z
partners:
  Fourth Coffee:
    customers:
      Adatum: {subscriptions: [{plan: WF Services Monthly Rolling, seats: 40}]}
users:
  ann: {role: partner_admin, partner: Fourth Coffee, password: a-long-password}
"""


@pytest.mark.parametrize(
    ("user", "field"),
    [
        ('"an na": {role: sales, password: a-long-password}', "users.an na.username"),
        ("pat: {role: sales, password: a-long-password, totp_secret: ABCDEFGH}", "users.pat.totp_secret"),
        ('pat: {role: sales, password: a-long-password, name: "P\\nat"}', "users.pat.name"),
    ],
)
def test_a_user_that_cannot_be_keeps_the_whole_world_out(assistant, tmp_path, user, field):
    path = tmp_path / "world.yaml"
    path.write_text(f"{WORLD}  {user}\n")

    ran = assistant("world", "load", path)

    assert (ran.status, ran.err.partition(": ")[0]) == (2, field)
    assert json.loads(assistant("licensing", "verify-audit", "--json").out) == {}
    assert json.loads(assistant("users", "list", "--json").out) == []
    assert '"simulated": false' in assistant("clock", "show", "--json").out
