"""How often a source says that it changes, and the hours in which nobody need look.

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outcome", sa.Column("every", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outcome", sa.Column("rests", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("outcome", "rests")
    op.drop_column("outcome", "every")
