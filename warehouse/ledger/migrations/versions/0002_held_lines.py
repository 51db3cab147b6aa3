"""What was held, since when and until when: the ages of return slips."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_lines",
        sa.Column("delivery_id", sa.String(length=16), nullable=False),
        sa.Column("line_first", sa.BigInteger(), nullable=False),
        sa.Column("line_last", sa.BigInteger(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("held_since", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.delivery_id"]),
        sa.PrimaryKeyConstraint("delivery_id", "line_first"),
    )


def downgrade() -> None:
    op.drop_table("held_lines")
