"""Puts a world file into an application: clock, partners, users. Beside ``bootstrap``, since it joins several parts."""

from collections.abc import Mapping
from pathlib import Path

from assistant.bootstrap import Application
from assistant.domain.errors import Forbidden, InvalidInput
from assistant.domain.identifiers import CustomerId, PartnerId
from assistant.licensing.catalogue import catalogue_text
from assistant.licensing.provisioning import LoadedPartner
from assistant.licensing.worlds import DEFAULT_CATALOGUE, UserWorld, World, demo_world, read_world

__all__ = ["World", "apply_world", "demo_world", "read_world"]


def apply_world(
    application: Application, world: World, folder: Path | None = None
) -> Mapping[str, LoadedPartner]:
    """Load a world, replacing partners and users of the same names, and return the partners' ids by name.

    A catalogue that it names is looked up from ``folder`` (default: the working directory).
    Raises Forbidden outside demo and test mode, InvalidInput for a plan that the catalogue does not have or a user
    that cannot be; then nothing is changed.
    """
    if not application.settings.simulating:
        raise Forbidden("World files are for demo and test mode only; nothing was changed.")
    for user in world.users:
        _check(application, user)
    text = _catalogue_text(world, folder or Path())
    loaded = application.provisioning.load(world.partners, world.clock, text)
    if world.clock:
        application.simulation.set_instant(world.clock)
    for user in world.users:
        _provision(application, user, loaded)
    return loaded


def _catalogue_text(world: World, folder: Path) -> str | None:
    if world.catalogue in {None, DEFAULT_CATALOGUE}:
        return None if world.catalogue is None else ""
    return catalogue_text(folder / str(world.catalogue))


def _check(application: Application, user: UserWorld) -> None:
    try:
        application.accounts.check(username=user.username, name=user.name, totp_secret=user.totp_secret)
    except InvalidInput as error:
        raise InvalidInput(f"users.{user.username}.{error.field}", error.message) from error


def _provision(application: Application, user: UserWorld, loaded: Mapping[str, LoadedPartner]) -> None:
    partner_id, customer_id = _home(user, loaded)
    application.accounts.provision(
        username=user.username,
        name=user.name,
        role=user.role,
        password=user.password,
        totp_secret=user.totp_secret,
        partner_id=partner_id,
        customer_id=customer_id,
    )


def _home(user: UserWorld, loaded: Mapping[str, LoadedPartner]) -> tuple[PartnerId | None, CustomerId | None]:
    partner = loaded.get(user.partner) if user.partner else None
    customers = {name: id_ for each in loaded.values() for name, id_ in each.customers.items()}
    return (partner.id if partner else None, customers.get(user.customer) if user.customer else None)
