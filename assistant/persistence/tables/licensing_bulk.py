"""Batches of changes, and their items with what each would do, and what became of it."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table

from assistant.persistence.tables.base import Instant, metadata

batches = Table(
    "batches",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("partner_id", String(40), ForeignKey("partners.id"), nullable=False),
    Column("actor_id", String(40), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("created", Instant, nullable=False),
    Column("rows", Integer, nullable=False),
    # what was shown last, which is what can be confirmed
    Column("quote", JSON(none_as_null=True)),
    Column("capsule_hash", String(64)),
    Column("reference", String(40)),
    Column("started", Instant),
    # how many items were dealt with; whoever moves it on deals with those in between, in the same transaction
    Column("position", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("left", Integer, nullable=False),
    Index(None, "partner_id", "state", "created"),
)

batch_items = Table(
    "batch_items",
    metadata,
    Column("batch_id", String(40), ForeignKey("batches.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("partner_id", String(40), ForeignKey("partners.id"), nullable=False, index=True),
    Column("row", Integer, nullable=False),
    Column("customer", String(200), nullable=False),
    Column("action", JSON(none_as_null=True)),
    # what it would do, or why not, as it was shown last
    Column("quote", JSON(none_as_null=True)),
    Column("refusal", JSON(none_as_null=True)),
    # what became of it; a refusal is then the reason why it was left out
    Column("outcome", String(20)),
    Column("reference", String(40)),
)
