"""Users, for whoever looks after them: a partner's administrator the partner's own, the service's everybody.

Each change asks for a fresh code of the person who makes it.
"""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for

from assistant.domain.accounts import CodeVerdict, Invitation, ResetDecision, User
from assistant.domain.errors import Conflict, Forbidden, InvalidInput, NotFound
from assistant.domain.identifiers import PartnerId, UserId
from assistant.domain.principals import Permission, Principal, Role, may
from web import visitors
from web.current import application
from web.pages.sign_in import explained, status_of
from web.templating import wording_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("users", __name__)
_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
_OWN = (Role.PARTNER_READER, Role.PARTNER_ADMIN)


@blueprint.get("/users")
def listing() -> str:
    """Show all users one looks after, with a form to invite somebody."""
    return _listing(_caller())


@blueprint.post("/users")
def invite() -> "Response | tuple[str, int]":
    """Invite somebody."""
    who, form = _caller(), request.form
    try:
        invitation = Invitation(
            username=form.get("username", "").strip() or form.get("email", "").strip(),
            name=form.get("name", ""),
            role=_role(),
            email=form.get("email", ""),
            partner_id=_partner_id(who),
        )
        outcome = application().identity.staff.invite(who, invitation, _code())
    except (InvalidInput, Conflict) as error:
        return _listing(who, fault=_told(error)), _REFUSED
    if isinstance(outcome, CodeVerdict):
        return _listing(who, fault=_not_accepted(outcome)), status_of(outcome)
    return redirect(url_for("users.show", user_id=outcome.principal.user_id), HTTPStatus.SEE_OTHER)


@blueprint.post("/users/resets")
def decide() -> "Response | tuple[str, int]":
    """Agree to a reset of a second factor that another administrator asked for, or refuse it."""
    who, resets = _caller(), application().identity.resets
    decision = ResetDecision.APPROVED if "approve" in request.form else ResetDecision.REFUSED
    try:
        outcome = resets.decide(who, request.form.get("reset", ""), decision, _code())
    except (Forbidden, NotFound) as error:
        return _listing(who, fault=error.message), _REFUSED
    if isinstance(outcome, CodeVerdict):
        return _listing(who, fault=_not_accepted(outcome)), status_of(outcome)
    if outcome:
        return _listing(who, link=outcome), HTTPStatus.OK
    return redirect(url_for("users.listing"), HTTPStatus.SEE_OTHER)


@blueprint.get("/users/<user_id>")
def show(user_id: str) -> str:
    """Show one user and what can be done."""
    who = _caller()
    return _person(who, application().identity.staff.person(who, UserId(user_id)))


@blueprint.post("/users/<user_id>")
def act(user_id: str) -> "Response | tuple[str, int]":
    """Do one thing to a user's account."""
    who = _caller()
    person = application().identity.staff.person(who, UserId(user_id))
    try:
        outcome = _done(who, person.principal.user_id)
    except (InvalidInput, Conflict) as error:
        return _person(who, person, _told(error)), _REFUSED
    if isinstance(outcome, CodeVerdict):
        return _person(who, person, _not_accepted(outcome)), status_of(outcome)
    return redirect(url_for("users.show", user_id=user_id), HTTPStatus.SEE_OTHER)


def _done(who: Principal, user_id: UserId) -> object:
    staff, wanted = application().identity.staff, request.form.get("act", "")
    if wanted == "role":
        return staff.change_role(who, user_id, _role(), _code())
    if wanted == "close":
        return staff.close(who, user_id, _code())
    if wanted == "reopen":
        return staff.reopen(who, user_id, _code())
    if wanted == "invite":
        return staff.invite_again(who, user_id, _code())
    if wanted == "reset":
        return application().identity.resets.ask(who, user_id, request.form.get("reason", ""), _code())
    raise InvalidInput("act", "must be role, close, reopen, invite or reset")


def _caller() -> Principal:
    who = visitors.signed_in()
    if not (may(who, Permission.TEAM_ADMINISTER) or may(who, Permission.USERS_ADMINISTER)):
        raise Forbidden("This role looks after no users.")
    return who


def _listing(who: Principal, *, fault: str | None = None, link: str | None = None) -> str:
    people = application().identity.staff.people(who)
    resets: tuple[Any, ...] = ()
    if may(who, Permission.USERS_ADMINISTER):
        resets = application().identity.resets.open(who)
    names = {user.principal.user_id: user.username for user in people}
    return render_template(
        "users.html",
        people=people,
        resets=resets,
        names=names,
        me=who.user_id,
        roles=_roles(who),
        partners=_partners(who),
        fault=fault,
        link=link,
        form=request.form,
    )


def _person(who: Principal, person: User, fault: str | None = None) -> str:
    belongs = person.principal.partner_id is not None
    roles = [role for role in _roles(who) if (role in {r.value for r in _OWN}) is belongs]
    return render_template(
        "user.html",
        person=person,
        roles=roles if person.principal.customer_id is None else [],
        may_reset=may(who, Permission.USERS_ADMINISTER)
        and person.enrolled
        and person.principal.user_id != who.user_id,
        may_invite=person.invited or not person.enrolled,
        fault=fault,
    )


def _roles(who: Principal) -> list[str]:
    if not may(who, Permission.USERS_ADMINISTER):
        return [role.value for role in _OWN]
    return [role.value for role in Role if role is not Role.END_CUSTOMER]


def _partners(who: Principal) -> list[tuple[str, str]]:
    if not may(who, Permission.USERS_ADMINISTER):
        return []
    return [(partner.id, partner.name) for partner in application().provisioning.partners()]


def _partner_id(who: Principal) -> PartnerId | None:
    chosen = request.form.get("partner", "")
    if who.partner_id or not chosen:
        return None
    if chosen not in {partner_id for partner_id, _ in _partners(who)}:
        raise InvalidInput("partner", "must be one of those listed")
    return PartnerId(chosen)


def _role() -> Role:
    wanted = request.form.get("role", "")
    if wanted not in {role.value for role in Role}:
        raise InvalidInput("role", "must be one of those listed")
    return Role(wanted)


def _code() -> str:
    return request.form.get("code", "").strip()


def _told(error: InvalidInput | Conflict) -> str:
    if isinstance(error, InvalidInput):
        return wording_of(current_app).first(
            f"users.refused.{error.field}", "users.refused.other", field=error.field, reason=error.message
        )
    return error.message


def _not_accepted(verdict: CodeVerdict) -> str:
    return explained(verdict) if _code() else wording_of(current_app)("codes.missing")
