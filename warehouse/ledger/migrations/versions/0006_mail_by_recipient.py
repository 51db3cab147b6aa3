"""Of one mail a server may take one recipient, put another off and refuse a third."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("deferred", "refused"):
        op.add_column("outbox", sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    for name in ("refused", "deferred"):
        op.drop_column("outbox", name)
