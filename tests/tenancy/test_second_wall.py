"""With the conditions of the repositories taken away, row-level security alone keeps partners apart, and the other way round."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event, true
from sqlalchemy.exc import MultipleResultsFound
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import BinaryExpression, BindParameter
from sqlalchemy.sql.operators import eq

from assistant.domain.errors import AssistantError
from assistant.persistence import database as of_database
from assistant.persistence.row_security import EVERY_PARTNERS
from assistant.ports.wire.actions import _ACTIONS
from assistant.ports.wire.licensing import _LOOKUPS, action_from_json, lookup_from_json, result_json
from support.licensing_bodies import ACTIONS, LOOKUPS, filled
from support.tenancy import MARK, MISSING

ASKERS = ("carla", "rita")


@contextmanager
def without_conditions(engine):
    """Let every statement forget to ask for the partner."""

    def forgetful(_connection, statement, multiparams, params, _options):
        return visitors.replacement_traverse(statement, {}, _forgotten), multiparams, params

    event.listen(engine, "before_execute", forgetful, retval=True)
    try:
        yield
    finally:
        event.remove(engine, "before_execute", forgetful)


def _forgotten(element, **_):
    if not isinstance(element, BinaryExpression) or element.operator is not eq:
        return None
    asks = getattr(element.left, "name", None) == "partner_id" and isinstance(element.right, BindParameter)
    return true() if asks else None


@contextmanager
def without_row_security(monkeypatch):
    """Let every transaction reach every partner."""
    with monkeypatch.context() as patched:
        patched.setattr(of_database, "Reach", lambda _partner: EVERY_PARTNERS)
        yield


def told(site, who):
    """Everything that somebody is told for every lookup and preview with the marked partner's ids, in one text."""
    ids, said = {**MISSING, **site.marked}, []
    for kind, body in (*LOOKUPS.items(), *ACTIONS.items()):
        sent = {"type": kind, **filled(body, ids)}
        try:
            if kind in LOOKUPS and kind in _LOOKUPS:
                found = site.application.licensing.look_up(site.users[who], lookup_from_json(sent))
                said.append(repr(result_json(found)))
            elif kind in ACTIONS and kind in _ACTIONS:
                said.append(repr(site.application.licensing.preview(site.users[who], action_from_json(sent))))
        except (AssistantError, AssertionError) as error:
            said.append(str(error))
        except MultipleResultsFound:
            # without its condition a statement may find several rows where one is meant
            said.append("several")
    return "\n".join(said)


@pytest.mark.parametrize("who", ASKERS)
def test_row_security_alone_tells_nobody_anything(walled_site, who):
    with without_conditions(walled_site.application.database.engine):
        assert MARK not in told(walled_site, who)


@pytest.mark.parametrize("who", ASKERS)
def test_conditions_alone_tell_nobody_anything(walled_site, who, monkeypatch):
    with without_row_security(monkeypatch):
        assert MARK not in told(walled_site, who)


def test_with_both_walls_down_it_would_all_be_told(walled_site, monkeypatch):
    with without_conditions(walled_site.application.database.engine), without_row_security(monkeypatch):
        assert told(walled_site, "carla").count(MARK) > 5


@pytest.mark.parametrize("who", ["sal", "edith", "root"])
def test_who_has_no_partner_reaches_nobodys_rows(walled_site, who):
    with without_conditions(walled_site.application.database.engine):
        assert MARK not in told(walled_site, who)
