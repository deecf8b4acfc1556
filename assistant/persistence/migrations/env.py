"""Runs migrations on the connection that the caller opened; there is no other way to run them."""

from alembic import context

from assistant.persistence.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
