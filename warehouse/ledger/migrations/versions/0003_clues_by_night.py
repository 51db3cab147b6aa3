"""What each night said of a clue, so that a night that is run again starts from what the one before it left."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clue_night",
        sa.Column("clue_id", sa.String(length=16), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["clue_id"], ["clue.clue_id"]),
        sa.PrimaryKeyConstraint("clue_id", "as_of"),
    )
    op.execute("INSERT INTO clue_night SELECT clue_id, opened_on, NULL, reasons FROM clue")
    # which night closed a clue was not kept: the day on which it was closed stands for it
    op.execute(
        "INSERT INTO clue_night SELECT clue_id, closed_on, closed_on, reasons FROM clue WHERE closed_on > opened_on"
    )
    op.execute(
        "UPDATE clue_night SET closed_on = as_of"
        " WHERE clue_id IN (SELECT clue_id FROM clue WHERE closed_on = opened_on)"
    )
    op.drop_column("clue", "closed_on")
    op.drop_column("clue", "reasons")


def downgrade() -> None:
    op.add_column("clue", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column("clue", sa.Column("reasons", sa.Text(), nullable=False, server_default=""))
    last = "(SELECT {} FROM clue_night AS n WHERE n.clue_id = clue.clue_id ORDER BY n.as_of DESC LIMIT 1)"
    op.execute(f"UPDATE clue SET closed_on = {last.format('closed_on')}, reasons = {last.format('reasons')}")
    op.drop_table("clue_night")
