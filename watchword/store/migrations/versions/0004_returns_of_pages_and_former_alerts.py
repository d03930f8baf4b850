"""Pages that say again what they said before, and the ids of alerts that joined another.

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_return",
        sa.Column("run", sa.String(length=80), nullable=False),
        sa.Column("document", sa.String(length=40), nullable=False),
        sa.Column("page", sa.String(length=16), nullable=False),
        sa.Column("previous", sa.String(length=40), nullable=False),
        sa.Column("captured", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run", "document"),
    )
    op.create_index("ix_page_return_page", "page_return", ["page"])
    op.create_table(
        "former_alert",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("alert", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["alert.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_table("former_alert")
    op.drop_index("ix_page_return_page", "page_return")
    op.drop_table("page_return")
