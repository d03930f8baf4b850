"""How much text a source brought, and the pages of a source.

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outcome", sa.Column("characters", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("page_source", "page", ["source"])


def downgrade() -> None:
    op.drop_index("page_source", "page")
    op.drop_column("outcome", "characters")
