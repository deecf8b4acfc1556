import pytest

from assistant.domain.errors import InvalidInput
from assistant.licensing.catalogue import parse_catalogue, read_catalogue

BANDS = "[[band_cards]]\nsince = 2026-01-01\nbands = [{minimum = 1}]\n"
PRODUCT = '[[products]]\ncode = "A"\nname = "A"\nkind = "SaaS"\nfamily = "WF"\ndata_centers = ["Berlin"]\n'
SOFTWARE = '[[products]]\ncode = "S"\nname = "S"\nkind = "Software"\nfamily = "WF"\n'
SUITE = '[[products]]\ncode = "B"\nname = "B"\nkind = "Suite"\nfamily = "WF"\n'
ADD_ON = '[[products]]\ncode = "D"\nname = "D"\nkind = "AddOn"\nfamily = "WF"\ndata_centers = ["Berlin"]\n'
PLAN = '[[plans]]\nid = "p"\nname = "P"\nproduct = "A"\ninitial_months = 12\n'
TRIAL = '[[plans]]\nid = "t"\nname = "T"\nproduct = "A"\ninitial_months = 1\nservice = "p"\n'
COMPOSED = 'compositions = [{since = 2026-01-01, components = ["A"]}]\n'
WHOLE = BANDS + PRODUCT + PLAN


def report_of(text):
    with pytest.raises(InvalidInput) as caught:
        parse_catalogue(text)
    assert caught.value.field == "catalogue"
    return caught.value.message


def test_the_default_catalogue_holds_the_plans_of_the_contract():
    names = {plan.name for plan in read_catalogue().plans.values()}

    assert names >= {
        "WF Services Monthly Rolling",
        "WF Services Annual",
        "Email Security Standard",
        "Hosted Email Security",
        "Cloud App Security",
        "WFBS Advanced",
        "WF Services Advanced",
        "WF Services XDR",
    }


def test_the_smallest_catalogue_is_bands_a_product_and_a_plan():
    catalogue = parse_catalogue(WHOLE + TRIAL)

    assert catalogue.plan("p").notice_days == 30
    assert catalogue.plan("t").notice_days == 14


def test_any_change_of_the_text_is_another_revision():
    assert parse_catalogue(WHOLE).revision == parse_catalogue(WHOLE).revision
    assert parse_catalogue(WHOLE).revision != parse_catalogue(WHOLE + "# said\n").revision


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("= =", "is not TOML"),
        (PRODUCT + PLAN, "at least one of band_cards"),
        (BANDS + PRODUCT, "at least one of plans"),
        (WHOLE + "[other]\n", "other is not known here"),
        (WHOLE + "[reports]\nsubmit_within_days = 0\n", "reports.submit_within_days must be 1 to 28"),
        (WHOLE + "[reports]\nunused_percent = 101\n", "reports.unused_percent must be 0 to 100"),
        (WHOLE + "[reports]\nlater = 1\n", "reports.later is not known here"),
        ("plans = 1\n", "plans must be a list"),
        ("plans = [1]\n", "plans[0] must be an object"),
        (BANDS.replace("2026-01-01", '"2026"') + PRODUCT + PLAN, "band_cards[0].since must be a date"),
        (WHOLE.replace("{minimum = 1}", "{minimum = 2}"), "must start at 1"),
        (WHOLE.replace("{minimum = 1}", "{minimum = 1, maximum = 5}"), "must be open upwards"),
        (WHOLE.replace("{minimum = 1}", "{minimum = 1.5}"), "bands[0].minimum must be a whole number"),
        (WHOLE.replace("{minimum = 1}", ""), "at least one band"),
        (BANDS + WHOLE, "in the order of their days"),
        (WHOLE.replace('code = "A"\n', ""), "products[0].code must be a text"),
        (WHOLE.replace('name = "A"', 'name = ""'), "products[0].name must be a text"),
        (WHOLE.replace('"SaaS"', '"Gadget"'), "products[0].kind must be one of"),
        (WHOLE.replace('"WF"', '"WFS"'), "products[0].family must be a text of 1 to 2"),
        (WHOLE.replace('"WF"', '"w1"'), "needs a family of two capital letters"),
        (BANDS + PRODUCT + "managed = 1\n" + PLAN, "products[0].managed must be true or false"),
        (BANDS + PRODUCT + "level = 0\n" + PLAN, "products[0].level must be a whole number of 1"),
        (BANDS + PRODUCT + "aliases = [1]\n" + PLAN, "products[0].aliases must be a list of texts"),
        (BANDS + PRODUCT + 'price = "9"\n' + PLAN, "products[0].price is not known here"),
        (BANDS + PRODUCT + "end_of_sale = 1\n" + PLAN, "products[0].end_of_sale must be a date"),
        (
            BANDS + PRODUCT + "end_of_sale = 2026-02-01\nend_of_life = 2026-01-01\n" + PLAN,
            "ends its life before its sale",
        ),
        (WHOLE.replace('data_centers = ["Berlin"]\n', ""), "must have data_centers if and only if"),
        (WHOLE + SOFTWARE + 'data_centers = ["Berlin"]\n', "must have data_centers if and only if"),
        (WHOLE + SUITE, "must have compositions if and only if"),
        (BANDS + PRODUCT + COMPOSED + PLAN, "must have compositions if and only if"),
        (WHOLE + SUITE + COMPOSED + "nfr = true\n", "product B cannot be nfr"),
        (WHOLE + SUITE + COMPOSED.replace('["A"]', "[]"), "has an empty composition"),
        (WHOLE + SUITE + COMPOSED.replace('["A"]', '["B"]'), "which is not a single product"),
        (WHOLE + SUITE + COMPOSED.replace('["A"]', '["A", "A"]'), "component A stands more than once"),
        (
            WHOLE + SUITE + COMPOSED.replace("}]", "}, {since = 2026-01-01, components = ['A']}]"),
            "compositions in the order",
        ),
        (
            WHOLE + SUITE + COMPOSED.replace("since = 2026-01-01, ", ""),
            "compositions[0].since must be a date",
        ),
        (WHOLE + ADD_ON, "must require a base product if and only if"),
        (BANDS + PRODUCT + 'requires = "A"\n' + PLAN, "must require a base product if and only if"),
        (WHOLE + ADD_ON + 'requires = "Z"\n', "requires Z, which is not a single base product"),
        (WHOLE + PRODUCT, "product A stands more than once"),
        (WHOLE + PLAN, "plan id p stands more than once"),
        (WHOLE + PLAN.replace('"p"', '"q"').replace('"P"', '" p "'), "plan name or alias p stands more"),
        (WHOLE + PLAN.replace('"p"', '"q"').replace('"P"', '"Q"') + 'aliases = ["P"]\n', "alias p stands"),
        (WHOLE.replace('product = "A"', 'product = "Z"'), "is for the unknown product Z"),
        (WHOLE.replace("= 12", "= 67"), "plans[0].initial_months must be 1 to 66"),
        (WHOLE + "renew_months = 0\n", "plans[0].renew_months must be 1 to 66"),
        (WHOLE + "grace_months = 13\n", "plans[0].grace_months must be 0 to 12"),
        (WHOLE + "lock_months = -1\n", "plans[0].lock_months must be 0 to 12"),
        (WHOLE + "notice_days = 400\n", "plans[0].notice_days must be 0 to 365"),
        (WHOLE + TRIAL + "renew_months = 1\n", "must run for 1 month and not renew"),
        (WHOLE + TRIAL.replace("= 1\n", "= 2\n"), "must run for 1 month and not renew"),
        (WHOLE + TRIAL.replace('service = "p"', 'service = "z"'), "a trial of z, which is not a full plan"),
        (WHOLE + SOFTWARE + TRIAL.replace('"A"', '"S"'), "which is for another product"),
        (WHOLE + SOFTWARE + TRIAL.replace('"A"', '"S"'), "only SaaS can be tried"),
        (
            WHOLE + TRIAL + TRIAL.replace('"t"', '"u"').replace('"T"', '"U"'),
            "trial of product A stands more than once",
        ),
    ],
)
def test_each_fault_is_named(text, fault):
    assert fault in report_of(text)


def test_all_faults_stand_in_one_report_and_none_follows_from_another():
    faulty = (
        WHOLE.replace('"SaaS"', '"Gadget"').replace('name = "A"', "name = 1").replace("= 12", "= 99")
        + SUITE
        + COMPOSED
        + "[later]\n"
    )

    named = [part.split()[0] for part in report_of(faulty).split("; ")]
    assert named == ["products[0].name", "products[0].kind", "plans[0].initial_months", "later", "known"]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_catalogue(tmp_path / "none.toml")
