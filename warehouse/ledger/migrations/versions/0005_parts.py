"""Where the parts of a delivery end in its bytes, and what each of them is."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("parts", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("delivery", "parts")
