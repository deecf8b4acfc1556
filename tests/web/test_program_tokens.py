"""Programs: tokens with scopes, users and sessions over the API, and what no token of a program reaches."""

import pytest

from assistant.domain.accounts import Scope
from support.accounts import PASSWORD, Program, Site
from web.scopes import SCOPES, needed


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("programs"))
    yield site
    site.close()


@pytest.fixture(scope="module")
def anna(site):
    return Program(site).sign_in("anna")


def made(site, person, *scopes, name="robot"):
    body = {"name": name, "scopes": list(scopes), "days": 9, "code": site.code()}
    return person.call("POST", "/tokens", body).json


def routes(site):
    api = [rule for rule in site.app.url_map.iter_rules() if rule.endpoint.startswith("api.")]
    return [(rule, method) for rule in api for method in rule.methods - {"HEAD", "OPTIONS"}]


def test_every_scope_is_that_of_a_route_that_exists(site):
    assert set(SCOPES) <= {rule.endpoint for rule in site.app.url_map.iter_rules()}


@pytest.mark.parametrize(
    ("who", "scope", "status"),
    [("root", "metrics:read", 200), ("root", "policy:read", 403), ("second", "metrics:read", 200), ("anna", "metrics:read", 404)],
)  # fmt: skip
def test_an_administrators_token_with_the_scope_for_it_reads_the_figures(site, who, scope, status):
    token = made(site, Program(site).sign_in(who), scope, name=f"{who} {scope}")["token"]

    answer = site.app.test_client().get(
        "/metrics",
        headers={"Authorization": f"Bearer {token}"},
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
    )

    assert answer.status_code == status


def test_a_token_reaches_the_routes_of_its_scopes_and_no_others(site, anna):
    program = Program(site, made(site, anna, "licences:read")["token"])

    assert program.call("GET", "/customers").status_code == 200
    for path in ("/tasks", "/answers?q=plan"):
        refused = program.call("GET", path)
        assert (refused.status_code, refused.json["code"]) == (403, "forbidden")
        assert "lacks the scope" in refused.json["detail"]


@pytest.mark.parametrize(
    ("endpoint", "scopes"),
    [
        ("api.desk_cases", (Scope.DESK,)),
        ("api.customers", (Scope.LICENCES_READ,)),
        ("api.message", (Scope.CONVERSATIONS, Scope.LICENCES_READ, Scope.LICENCES_CHANGE)),
        ("api.token_make", ()),
        (None, ()),
    ],
)
def test_the_scope_of_a_route_is_known_and_of_most_routes_there_is_none(endpoint, scopes):
    assert needed(endpoint) == scopes


@pytest.mark.parametrize("more", [(), ("licences:read",), ("licences:change",)])
def test_what_a_token_must_not_do_it_cannot_do_by_talking_either(site, anna, more):
    program = Program(site, made(site, anna, "conversations", *more)["token"])

    for method, path in (("POST", "/conversations"), ("GET", "/tasks")):
        assert program.call(method, path, {}).status_code == 403, path


def test_with_the_scopes_for_licences_a_token_talks(site, anna):
    program = Program(site, made(site, anna, "conversations", "licences:read", "licences:change")["token"])

    assert program.call("POST", "/conversations", {}).status_code == 201


def test_no_token_reaches_accounts_users_tokens_or_sessions(site, anna):
    every = [scope.value for scope in set(SCOPES.values())]
    program = Program(site, made(site, anna, *every)["token"])
    for path in ("/users", "/tokens", "/sessions", "/session"):
        assert program.call("GET", path).status_code == 403, path
    assert program.call("DELETE", "/session").status_code == 403
    assert program.call("POST", "/users", {}).status_code == 403
    assert program.call("POST", "/tokens", {}).status_code == 403


def test_a_token_alone_changes_no_licence(site, anna):
    program = Program(site, made(site, anna, "licences:change")["token"])

    answer = program.call("POST", "/licensing/execute", {"capsule": {}, "code": "123456"})

    assert answer.status_code == 422


def test_a_revoked_token_is_refused(site, anna):
    token = made(site, anna, "licences:read", name="short-lived")
    program = Program(site, token["token"])
    assert program.call("GET", "/customers").status_code == 200

    assert anna.call("DELETE", f"/tokens/{token['id']}").status_code == 204

    assert program.call("GET", "/customers").status_code == 401
    assert anna.call("DELETE", f"/tokens/{token['id']}").status_code == 404


def test_the_list_of_tokens_holds_no_token(site, anna):
    token = made(site, anna, "policy:read", name="listed")
    listed = anna.call("GET", "/tokens")

    assert token["token"] not in listed.text
    assert token["id"] in [each["id"] for each in listed.json["tokens"]]


def test_somebody_elses_token_and_session_are_not_found(site, anna):
    rita = Program(site).sign_in("rita")
    token, session = made(site, rita, "policy:read"), rita.call("GET", "/sessions").json["sessions"][0]
    for path, missing in (
        (f"/tokens/{token['id']}", "/tokens/AT-0"),
        (f"/sessions/{session['id']}", "/sessions/SE-0"),
    ):
        answers = [anna.call("DELETE", wanted) for wanted in (path, missing)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].data == answers[1].data
    assert rita.call("GET", "/session").status_code == 200


def test_a_program_that_signs_in_again_is_known_by_what_it_was_given(site):
    first = {"username": "second", "password": PASSWORD}
    given, letters = [], []
    for device in ({}, {}, {"device": "?"}):
        sent = {"device": given[-1]} if device else {}
        program = Program(site)
        token = program.call("POST", "/session", first | sent).json["token"]
        code = {"token": token, "code": site.code()} | sent
        answer = program.call("POST", "/session/second-factor", code).json
        given.append(answer.get("device"))
        letters.append(len(list((site.folder / "mail").iterdir())))

    assert given[0] != given[1]
    assert given[2] is None
    assert letters[1] == letters[2] > letters[0]


def test_one_of_the_own_sessions_is_ended(site):
    first, second = Program(site).sign_in("bert"), Program(site).sign_in("bert")
    sessions = first.call("GET", "/sessions").json["sessions"]

    first.call("DELETE", f"/sessions/{sessions[0]['id']}")

    assert second.call("GET", "/session").status_code == 401
    assert first.call("GET", "/session").status_code == 200


def test_users_are_invited_changed_closed_and_opened_again(site, anna):
    body = {"name": "Zoe", "email": "zoe@new.example", "role": "partner_reader", "code": site.code()}
    user = anna.call("POST", "/users", body).json
    assert (user["username"], user["invited"]) == ("zoe@new.example", True)
    path = f"/users/{user['id']}"
    for act, more in (("invitation", {}), ("role", {"role": "partner_admin"}), ("close", {}), ("reopen", {})):
        answer = anna.call("POST", f"{path}/{act}", {"code": site.code(), **more})
        assert answer.status_code == 204, answer.text

    shown = anna.call("GET", path).json

    assert (shown["role"], shown["closed"]) == ("partner_admin", False)
    assert "carla" not in [each["username"] for each in anna.call("GET", "/users").json["users"]]


def test_nobody_is_invited_into_a_partner_that_does_not_exist(site):
    body = {"name": "Nemo", "email": "nemo@new.example", "role": "partner_admin", "partner_id": "PA-404"}

    refused = Program(site).sign_in("root").call("POST", "/users", body | {"code": site.code()})

    assert (refused.status_code, refused.json["field"]) == (422, "partner_id")


@pytest.mark.parametrize("act", ["role", "close", "reopen", "invitation"])
def test_another_partners_user_is_not_found(site, anna, act):
    body = {"code": site.code(), **({"role": "partner_reader"} if act == "role" else {})}
    answers = [anna.call("POST", f"/users/{who}/{act}", body) for who in (site.id_of("carla"), "US-0")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].data == answers[1].data


@pytest.mark.parametrize(
    "more",
    [{"partner_id": "PA-2"}, {"status": "active"}, {"password": "x"}, {"price": 1}, {"enrolled": True}],
)
def test_fields_that_nobody_may_set_change_nothing(site, anna, more):
    name = f"field{len(str(more))}"
    body = {
        "name": name,
        "email": f"{name}@new.example",
        "role": "partner_reader",
        "code": site.code(),
        **more,
    }
    anna.call("POST", "/users", body)
    found = [user for user in site.identity.accounts.list() if user.email == f"{name}@new.example"]

    assert all(user.principal.partner_id == "PA-1" and user.invited for user in found)


@pytest.mark.parametrize("code", ["000000", "12345", "\uff11\uff12\uff13\uff14\uff15\uff16"])
def test_without_a_right_code_no_token_is_made(site, code):
    person = Program(site).sign_in("second")
    body = {"name": "robot", "scopes": ["policy:read"], "days": 9, "code": code}

    assert person.call("POST", "/tokens", body).status_code == 401
    site.identity.accounts.clear_throttles()
