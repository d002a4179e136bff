"""record."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_move",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "claimed",
                "done",
                "declined",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=128), server_default="", nullable=False),
        sa.Column("username", sa.String(length=64), server_default="", nullable=False),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_account_move_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_move_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_move")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_account_move_code_hash")),
    )
    op.create_index(op.f("ix_account_move_person_id"), "account_move", ["person_id"], unique=False)
    op.create_table(
        "correction",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wish", sa.Enum("region", "words", name="wish", native_enum=False, length=20), nullable=False),
        sa.Column("value", sa.String(length=300), nullable=False),
        sa.Column(
            "state", sa.Enum("open", "done", "declined", name="state", native_enum=False, length=20), nullable=False
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_correction_decided_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_correction_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_person_id"), "correction", ["person_id"], unique=False)
    op.create_index(
        "uq_correction_open",
        "correction",
        ["person_id", "wish"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "course",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column(
            "state",
            sa.Enum(
                "reading",
                "practice",
                "finished",
                "skipped",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("card", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_course_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_course")),
    )
    op.create_table(
        "erasure",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_operator", sa.String(length=8), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("accounts", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_erasure_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "export",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "format",
            sa.Enum("xlsx", "csv", "pdf", "evidence", name="format", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("span", sa.String(length=16), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("subject", sa.String(length=16), server_default="", nullable=False),
        sa.Column("comma", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "made", "failed", "gone", name="state", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column(
            "failure",
            sa.Enum("too_big", "rights", "broken", name="failure", native_enum=False, length=20),
            nullable=True,
        ),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sha256", sa.String(length=64), server_default="", nullable=False),
        sa.Column("name", sa.String(length=100), server_default="", nullable=False),
        sa.Column("size", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_export_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
    )
    op.create_index("ix_export_person_id", "export", ["person_id", "state"], unique=False)
    op.create_index(
        "ix_export_waiting",
        "export",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "invite_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("invite_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("username", sa.String(length=64), server_default="", nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "in", "refused", name="state", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consent_version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["invite_id"], ["invite.id"], name=op.f("fk_invite_entry_invite_id_invite")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invite_entry_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite_entry")),
        sa.UniqueConstraint("invite_id", "telegram_id", name=op.f("uq_invite_entry_invite_id_telegram_id")),
    )
    op.create_table(
        "invite_order",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("digest", sa.String(length=64), server_default="", nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "owner",
                "manager",
                "coordinator",
                "press_secretary",
                "volunteer",
                "candidate",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("region", sa.String(length=32), server_default="", nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "made", "cancelled", name="state", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invite_order_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite_order")),
    )
    op.create_index("ix_invite_order_person_id", "invite_order", ["person_id", "state"], unique=False)
    op.create_table(
        "person_note",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_person_note_author_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_note_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "author_id", name=op.f("pk_person_note")),
    )
    op.create_table(
        "second_yes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "suspend_leader",
                "appoint_manager",
                "erase",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "owner",
                "manager",
                "coordinator",
                "press_secretary",
                "volunteer",
                "candidate",
                name="role",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("region", sa.String(length=32), server_default="", nullable=False),
        sa.Column("successor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "done", "declined", "lapsed", name="state", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_second_yes_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_second_yes_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_yes")),
    )
    op.create_index(op.f("ix_second_yes_person_id"), "second_yes", ["person_id"], unique=False)
    op.create_table(
        "suspension",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("successor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("lifted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_suspension_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    op.create_index(
        "uq_suspension_open",
        "suspension",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("lifted_at is null"),
        postgresql_where=sa.text("lifted_at is null"),
    )
    op.create_table(
        "page_usual",
        sa.Column("page", sa.String(length=64), nullable=False),
        sa.Column(
            "age",
            sa.Enum("start", "day", "week", name="age", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column(
            "measure",
            sa.Enum("views", "actions", name="measure", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["page"], ["page.code"], name=op.f("fk_page_usual_page_page")),
        sa.PrimaryKeyConstraint("page", "age", "measure", name=op.f("pk_page_usual")),
    )
    op.create_table(
        "late_alert",
        sa.Column("slot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_late_alert_slot_id_slot")),
        sa.PrimaryKeyConstraint("slot_id", name=op.f("pk_late_alert")),
    )
    op.create_index("ix_late_alert_at", "late_alert", ["at"], unique=False)
    op.create_table(
        "post_result",
        sa.Column("slot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "age",
            sa.Enum("start", "day", "week", name="age", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column(
            "measure",
            sa.Enum("views", "actions", name="measure", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("page", sa.String(length=64), nullable=False),
        sa.Column("region", sa.String(length=32), nullable=False),
        sa.Column(
            "platform",
            sa.Enum("vk", "ok", "x", "telegram", name="platform", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("rubric", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "source",
            sa.Enum("typed", "imported", name="source", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_post_result_given_by_person")),
        sa.ForeignKeyConstraint(["page"], ["page.code"], name=op.f("fk_post_result_page_page")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_post_result_slot_id_slot")),
        sa.PrimaryKeyConstraint("slot_id", "age", "measure", name=op.f("pk_post_result")),
    )
    op.create_index(
        "ix_post_result_day",
        "post_result",
        ["age", "measure", "day", "platform", "rubric", "hour", "score", "slot_id"],
        unique=False,
    )
    op.create_index("ix_post_result_page", "post_result", ["page", "age", "measure", "day"], unique=False)
    op.create_index(
        "ix_post_result_region",
        "post_result",
        ["region", "age", "measure", "day", "platform", "rubric", "hour", "score", "slot_id"],
        unique=False,
    )
    op.add_column("decision", sa.Column("waited", sa.Integer(), nullable=True))
    op.create_index("ix_decision_at", "decision", ["at", "waited"], unique=False)
    op.add_column("invite", sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
    op.add_column("invite", sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(op.f("ix_invite_order_id"), "invite", ["order_id"], unique=False)
    op.add_column("journal", sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
    op.create_index("ix_journal_actor", "journal", ["actor"], unique=False)
    op.create_index("uq_journal_place", "journal", ["place"], unique=True)
    op.add_column(
        "membership", sa.Column("invite_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
    )
    op.create_index("ix_membership_region", "membership", ["region", "role", "person_id"], unique=False)
    op.add_column("person", sa.Column("consent_version", sa.Integer(), server_default="1", nullable=False))
    op.create_index(
        "ix_person_unreachable",
        "person",
        ["region", "name"],
        unique=False,
        sqlite_where=sa.text("reachable is 0"),
        postgresql_where=sa.text("reachable is false"),
    )
    op.add_column("proof", sa.Column("given_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
    op.add_column(
        "proof_past", sa.Column("given_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
    )
    op.add_column("rollup", sa.Column("grown", sa.BigInteger(), nullable=True))
    op.drop_index(op.f("ix_rollup_day"), table_name="rollup")
    op.create_index(
        "ix_rollup_figure",
        "rollup",
        ["page", "measure", "day", "value"],
        unique=False,
        sqlite_where=sa.text("measure in ('members', 'followers')"),
        postgresql_where=sa.text("measure in ('members', 'followers')"),
    )
    op.create_index(
        "ix_rollup_norm",
        "rollup",
        ["page", "day", "measure", "value"],
        unique=False,
        sqlite_where=sa.text("measure in ('slots', 'on_time', 'late')"),
        postgresql_where=sa.text("measure in ('slots', 'on_time', 'late')"),
    )
    op.create_index("ix_rollup_sum", "rollup", ["day", "measure", "page", "region", "value", "grown"], unique=False)
    op.create_index(
        "ix_slot_filled",
        "slot",
        ["day", "at", "page"],
        unique=False,
        sqlite_where=sa.text("state = 'filled'"),
        postgresql_where=sa.text("state = 'filled'"),
    )
    op.add_column("status_view", sa.Column("weekly_at", sa.Time(), nullable=True))
    op.add_column("status_view", sa.Column("monthly_at", sa.Time(), nullable=True))
    op.add_column("status_view", sa.Column("pictured", sa.Boolean(), server_default=sa.false(), nullable=False))
