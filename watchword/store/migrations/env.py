"""Alembic's environment: the connection is handed in by `watchword.store.database`."""

from alembic import context

from watchword.store.schema import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
