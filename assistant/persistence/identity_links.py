"""One-time links and the outbox as rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from assistant.domain.accounts import LinkPurpose
from assistant.domain.identifiers import UserId
from assistant.persistence.tables.identity_links import letters, one_time_links
from assistant.ports.storage.identity_links import StoredLetter, StoredLink


class SqlLinks:
    """The ``Links`` repository."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, link: StoredLink) -> None:
        self._connection.execute(
            insert(one_time_links).values(**vars(link) | {"purpose": link.purpose.value})
        )

    def find(self, token_hash: str, now: datetime) -> StoredLink | None:
        links = one_time_links
        query = select(links).where(
            links.c.token_hash == token_hash, links.c.used_at.is_(None), links.c.expires_at > now
        )
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _link(row)

    def use(self, token_hash: str, now: datetime) -> bool:
        links = one_time_links
        used = self._connection.execute(
            update(links)
            .where(links.c.token_hash == token_hash, links.c.used_at.is_(None), links.c.expires_at > now)
            .values(used_at=now)
        )
        return used.rowcount == 1

    def withdraw(self, user_id: UserId, now: datetime, purpose: LinkPurpose | None = None) -> None:
        links = one_time_links
        which = [links.c.user_id == user_id, links.c.used_at.is_(None)]
        if purpose:
            which.append(links.c.purpose == purpose.value)
        self._connection.execute(update(links).where(*which).values(used_at=now))

    def forget_before(self, instant: datetime) -> None:
        self._connection.execute(delete(one_time_links).where(one_time_links.c.expires_at < instant))


class SqlLetters:
    """The ``Letters`` repository."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, letter: StoredLetter) -> None:
        values = vars(letter) | {"next_try_at": letter.created_at, "fault": ""}
        self._connection.execute(insert(letters).values(**values))

    def take(self, now: datetime, until: datetime, at_most: int) -> tuple[StoredLetter, ...]:
        due = (
            select(letters)
            .where(letters.c.next_try_at <= now)
            .order_by(letters.c.next_try_at, letters.c.id)
            .limit(at_most)
        )
        # another process may have taken one since it was read: then the condition no longer holds
        return tuple(
            _letter(row)
            for row in self._connection.execute(due).all()
            if self._connection.execute(
                update(letters)
                .where(letters.c.id == row.id, letters.c.next_try_at == row.next_try_at)
                .values(next_try_at=until, tries=row.tries + 1)
            ).rowcount
        )

    def sent(self, letter_id: str, at: datetime) -> None:
        self._set(letter_id, sent_at=at, next_try_at=None, sealed="", fault="")

    def failed(self, letter_id: str, fault: str, next_try_at: datetime | None) -> None:
        forgotten = {} if next_try_at else {"sealed": ""}
        self._set(letter_id, fault=fault, next_try_at=next_try_at, **forgotten)

    def unsent(self) -> tuple[StoredLetter, ...]:
        rows = self._connection.execute(select(letters).where(letters.c.sealed != ""))
        return tuple(_letter(row) for row in rows)

    def reseal(self, letter_id: str, before: str, after: str) -> None:
        self._connection.execute(
            update(letters).where(letters.c.id == letter_id, letters.c.sealed == before).values(sealed=after)
        )

    def forget_before(self, instant: datetime) -> None:
        self._connection.execute(delete(letters).where(letters.c.created_at < instant))

    def _set(self, letter_id: str, **values: object) -> None:
        self._connection.execute(update(letters).where(letters.c.id == letter_id).values(**values))


def _link(row: Row[*tuple[Any, ...]]) -> StoredLink:
    return StoredLink(
        token_hash=row.token_hash,
        user_id=UserId(row.user_id) if row.user_id else None,
        purpose=LinkPurpose(row.purpose),
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


def _letter(row: Row[*tuple[Any, ...]]) -> StoredLetter:
    return StoredLetter(
        id=row.id,
        address=row.address,
        kind=row.kind,
        sealed=row.sealed,
        created_at=row.created_at,
        tries=row.tries,
    )
