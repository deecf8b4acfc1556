"""Lists of changes over the pages and the API, against a whole application."""

import io

import pytest

from support.desk import PASSWORDS, open_desk, prepare_world
from web.app import create_app
from web.pages.bulk import LARGEST_FILE

HEADS = ["Change", "Customer", "Seats"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lists")
    with open_desk(prepare_world(folder / "world"), folder / "desk") as opened:
        opened.app = create_app(opened.application)
        yield opened


def signed_in(desk, name):
    access = desk.application.access
    pending = access.begin(name, PASSWORDS[name], address="192.0.2.1")
    return access.complete(pending, desk.fresh_code(name), address="192.0.2.1").token


@pytest.fixture(scope="module")
def token(desk):
    return signed_in(desk, "anna")


@pytest.fixture
def call(desk, token):
    client = desk.app.test_client()

    def send(method, path, **options):
        return client.open(
            f"/api/v1{path}", method=method, headers={"Authorization": f"Bearer {token}"}, **options
        )

    return send


@pytest.fixture
def page(desk, token):
    client = desk.app.test_client()
    client.set_cookie("session", token)
    return client


def csrf(page):
    return page.get("/bulk").text.partition('name="csrf_token" value="')[2].partition('"')[0]


def upload(page, data, name="changes.csv"):
    sent = {"csrf_token": csrf(page), "file": (io.BytesIO(data), name)}
    return page.post("/bulk", data=sent, content_type="multipart/form-data")


def test_a_table_is_checked_confirmed_and_made_over_the_api(call, desk):
    made = call(
        "POST", "/batches", json={"table": [HEADS, ["seats", "Contoso", "+10"], ["seats", "Tailspin", 60]]}
    )
    shown = made.json
    path = f"/batches/{shown['batch']['id']}"
    items = call("GET", f"{path}/items?limit=10").json["items"]
    sent = {"hash": shown["preview"]["hash"], "code": desk.fresh_code("anna")}
    receipt = call("POST", f"{path}/confirm", json=sent).json
    again = call("POST", f"{path}/confirm", json=sent).json
    far = call("GET", path).json["batch"]
    result = call("GET", f"{path}/result").text

    assert made.status_code == 201
    assert [item["outcome"] for item in items] == ["possible", "refused"]
    assert receipt["op"] == "bulk"
    assert again == receipt
    assert (far["state"], far["done"], far["left"]) == ("done", 1, 1)
    assert [row.split(",")[1] for row in result.splitlines()] == ["Customer", "Contoso", "Tailspin"]
    assert call("GET", "/batches").json["batches"][0]["id"] == far["id"]


def test_everything_wrong_with_a_table_is_told_at_once(call):
    answer = call("POST", "/batches", json={"table": [HEADS, ["fly", "Contoso", 1], ["seats", "Nobody", 1]]})

    assert (answer.status_code, answer.json["code"]) == (422, "rows_invalid")
    assert [(f["row"], f["column"]) for f in answer.json["faults"]] == [(2, "Change"), (3, "Customer")]


@pytest.mark.parametrize("table", [None, "x", [], [1], [[{}]], [["Change"]], [HEADS]])
def test_a_table_that_is_none_is_refused_by_its_field(call, table):
    answer = call("POST", "/batches", json={"table": table})

    assert answer.status_code == 422
    assert answer.json["field"].startswith(("table", "file"))


def test_a_hash_that_is_not_the_one_shown_uses_up_no_code(call, desk):
    shown = call("POST", "/batches", json={"table": [HEADS, ["seats", "Contoso", "+1"]]}).json
    path, code = f"/batches/{shown['batch']['id']}", desk.fresh_code("anna")

    wrong = call("POST", f"{path}/confirm", json={"hash": "0" * 64, "code": code})
    right = call("POST", f"{path}/confirm", json={"hash": shown["preview"]["hash"], "code": code})

    assert wrong.json["code"] == "quote_outdated"
    assert right.json["type"] == "receipt"


def test_a_workbook_of_the_template_is_read_as_the_template_says(page):
    template = page.get("/bulk/template.xlsx").data

    answer = upload(page, template, "changes.xlsx")

    assert answer.status_code == 422
    assert "Lucerne" not in answer.text
    assert "1 place to put right" in answer.text


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "empty.csv", "is empty"),
        (b"x", "changes.exe", ".csv or .xlsx"),
        (b"not a workbook", "changes.xlsx", "not an XLSX workbook"),
        (b"Customer\nContoso\n", "changes.csv", "lacks the column Change"),
    ],
)
def test_a_file_that_is_none_is_told_in_one_sentence(page, data, name, told):
    answer = upload(page, data, name)

    assert answer.status_code == 422
    assert told in answer.text


def test_a_list_may_be_longer_than_a_form_and_has_an_end(page, call):
    rows = b"Change,Customer,Seats\n" + b"seats,Contoso,1\n" * 20_001

    assert upload(page, rows).status_code == 422
    for size, status in ((LARGEST_FILE, 422), (LARGEST_FILE + 1, 413)):
        sent = call("POST", "/batches", data=b" " * size, content_type="application/json")
        assert sent.status_code == status


def test_a_reader_makes_no_list(desk):
    client = desk.app.test_client()
    client.set_cookie("session", signed_in(desk, "ben"))

    assert client.get("/bulk").status_code == 403
