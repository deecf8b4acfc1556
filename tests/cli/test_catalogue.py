"""Another catalogue instead of the one that comes with the program."""

from importlib import resources

DEFAULT = resources.files("assistant.licensing").joinpath("catalogue.toml").read_text("utf-8")
OTHER = DEFAULT.replace("WF Services Annual", "WF Services Yearly")
WORLD = """
catalogue: {path}
partners:
  Fourth Coffee: {{customers: {{Adatum: {{subscriptions: [{{plan: {plan}, seats: 40}}]}}}}}}
"""


def a_world(folder, plan, catalogue="default"):
    folder.mkdir(exist_ok=True)
    path = folder / "world.yaml"
    path.write_text(WORLD.format(path=catalogue, plan=plan))
    return path


def test_a_world_brings_its_catalogue_from_beside_it(assistant, tmp_path):
    world = a_world(tmp_path / "worlds", "WF Services Yearly", "more/catalogue.toml")
    (tmp_path / "worlds" / "more").mkdir()
    (tmp_path / "worlds" / "more" / "catalogue.toml").write_text(OTHER)

    assert assistant("world", "load", world).status == 0
    again = assistant("world", "load", a_world(tmp_path / "worlds", "WF Services Yearly", "default"))

    assert (again.status, again.err.partition(":")[0]) == (
        2,
        "partners.Fourth Coffee.customers.Adatum.subscriptions[0].plan",
    )
    assert assistant("db", "check").status == 0


def test_a_catalogue_that_is_not_there_or_faulty_keeps_the_world_out(assistant, tmp_path):
    missing = assistant("world", "load", a_world(tmp_path, "WF Services Annual", "none.toml"))
    (tmp_path / "bad.toml").write_text(OTHER.replace("initial_months = 12", "initial_months = 99", 1))
    faulty = assistant("world", "load", a_world(tmp_path, "WF Services Annual", "bad.toml"))

    assert (missing.status, "cannot be read" in missing.err) == (2, True)
    assert (faulty.status, "initial_months must be 1 to 66" in faulty.err) == (2, True)


def test_the_settings_name_another_catalogue(assistant, tmp_path, monkeypatch):
    (tmp_path / "other.toml").write_text(OTHER)
    monkeypatch.setenv("ASSISTANT_CATALOGUE", str(tmp_path / "other.toml"))

    assert assistant("world", "load", a_world(tmp_path, "WF Services Yearly")).status == 0


def test_a_catalogue_of_the_settings_without_what_customers_have_stops_the_start(
    assistant, tmp_path, monkeypatch
):
    assistant("world", "load", a_world(tmp_path, "WF Services Annual"))
    (tmp_path / "other.toml").write_text(DEFAULT.replace('"wf-services-annual"', '"yearly"'))
    monkeypatch.setenv("ASSISTANT_CATALOGUE", str(tmp_path / "other.toml"))

    ran = assistant("licensing", "verify-audit")

    assert ran.status == 2
    assert "ASSISTANT_CATALOGUE: lacks the plan wf-services-annual" in ran.err
