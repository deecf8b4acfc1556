"""The database goes away and comes back: every door says so meanwhile, and none has to be started again."""

import pytest

from assistant.bootstrap import build, prepare
from support.web import settings
from web.app import create_app


@pytest.fixture
def address(postgresql):
    url = postgresql.migrated()
    yield url
    postgresql.give_back(url)


@pytest.fixture
def client(tmp_path, address):
    chosen = settings(tmp_path, database_url=address.render_as_string(hide_password=False))
    prepare(chosen)
    application = build(chosen)
    yield create_app(application).test_client()
    application.database.close()


def ask(client):
    return client.get("/api/v1/answers?q=How+many+seats+may+a+trial+have")


def test_while_the_database_is_gone_every_door_says_so_and_afterwards_goes_on(client, address, postgresql):
    before = ask(client)

    with postgresql.gone(address):
        answer, page, ready, alive = (ask(client), *(client.get(p) for p in ("/", "/readyz", "/healthz")))

    assert before.status_code == 200
    assert (answer.status_code, answer.json["code"]) == (503, "database_unavailable")
    assert "socket" not in answer.json["detail"]
    assert page.status_code in {200, 503}
    assert (ready.status_code, ready.json["checks"]["database"], alive.status_code) == (503, False, 200)
    assert ask(client).json == before.json
    assert client.get("/readyz").status_code == 200


def test_a_process_that_starts_while_the_database_is_gone_answers_once_it_is_there(
    tmp_path, address, postgresql
):
    chosen = settings(tmp_path, database_url=address.render_as_string(hide_password=False))
    prepare(chosen)
    with postgresql.gone(address):
        application = build(chosen)
        client = create_app(application).test_client()
        meanwhile = ask(client).status_code

    afterwards = ask(client).status_code
    application.database.close()
    assert (meanwhile, afterwards) == (503, 200)
