"""What a clue asks for: one look at a village's works answers for all households whose clues asked for that."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clue_night", sa.Column("asks_for", sa.String(length=16), nullable=True))


def downgrade() -> None:
    op.drop_column("clue_night", "asks_for")
