"""frequency."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign_tag",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("campaign", sa.String(length=100), server_default="", nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_campaign_tag_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_tag")),
    )
    op.create_table(
        "commitment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("region", sa.String(length=32), nullable=False),
        sa.Column("page", sa.String(length=64), server_default="", nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "open",
                "done",
                "dropped",
                "declined",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("first_due", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("proof", sa.String(length=500), server_default="", nullable=False),
        sa.Column("picture", sa.String(length=64), server_default="", nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_commitment_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_commitment_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    op.create_index(op.f("ix_commitment_by_id"), "commitment", ["by_id"], unique=False)
    op.create_index("ix_commitment_due", "commitment", ["due", "region"], unique=False)
    op.create_index(op.f("ix_commitment_person_id"), "commitment", ["person_id"], unique=False)
    op.create_table(
        "day_off",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("passed", sa.JSON(), server_default="[]", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_day_off_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "day", name=op.f("pk_day_off")),
    )
    op.create_table(
        "feed",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("region", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_feed_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("person_id", "region", name=op.f("uq_feed_person_id_region")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feed_token_hash")),
    )
    op.create_table(
        "figure_import",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "done", "cancelled", name="state", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("figures", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_figure_import_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_import")),
    )
    op.create_index("ix_figure_import_person_id", "figure_import", ["person_id", "state"], unique=False)
    op.create_table(
        "person_availability",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("daily_cap", sa.Integer(), nullable=True),
        sa.Column("lead_minutes", sa.Integer(), nullable=True),
        sa.Column("at_night", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reminders_a_day", sa.Integer(), nullable=True),
        sa.Column("asked", sa.JSON(), server_default="[]", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_availability_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_availability")),
    )
    op.create_table(
        "plan_board",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("region", sa.String(length=32), nullable=False),
        sa.Column("only_empty", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("personal", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_board_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_plan_board")),
    )
    op.create_table(
        "reminder_tally",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_tally_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reminder_tally")),
    )
    op.create_table(
        "account_block",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "platform",
            sa.Enum("vk", "ok", "x", "telegram", name="platform", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("page", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["page"], ["page.code"], name=op.f("fk_account_block_page_page")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_block_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_block")),
    )
    op.create_index(
        "uq_account_block_open",
        "account_block",
        ["person_id", "platform"],
        unique=True,
        sqlite_where=sa.text("until is null"),
        postgresql_where=sa.text("until is null"),
    )
    op.create_table(
        "calendar_day",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("region", sa.String(length=32), nullable=False),
        sa.Column("page", sa.String(length=64), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=100), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["page"], ["page.code"], name=op.f("fk_calendar_day_page_page")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
    )
    op.create_index("ix_calendar_day_last", "calendar_day", ["last"], unique=False)
    op.create_table(
        "commitment_move",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("commitment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("due_after", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_commitment_move_by_id_person")),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_commitment_move_commitment_id_commitment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_move")),
    )
    op.create_index(op.f("ix_commitment_move_commitment_id"), "commitment_move", ["commitment_id"], unique=False)
    op.create_table(
        "norm_setting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("page", sa.String(length=64), nullable=False),
        sa.Column("norm", sa.JSON(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("at_once", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["page"], ["page.code"], name=op.f("fk_norm_setting_page_page")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_norm_setting_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_norm_setting")),
    )
    op.create_index(op.f("ix_norm_setting_person_id"), "norm_setting", ["person_id"], unique=False)
    op.create_table(
        "page_ladder",
        sa.Column("page", sa.String(length=64), nullable=False),
        sa.Column("lead_minutes", sa.Integer(), nullable=True),
        sa.Column("substitute_minutes", sa.Integer(), nullable=True),
        sa.Column("press_minutes", sa.Integer(), nullable=True),
        sa.Column("off", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("text", sa.String(length=200), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["page"], ["page.code"], name=op.f("fk_page_ladder_page_page")),
        sa.PrimaryKeyConstraint("page", name=op.f("pk_page_ladder")),
    )
    op.create_table(
        "plan_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "move",
                "skip",
                "back",
                "add",
                "give",
                "ask",
                "text",
                "text_off",
                "swap_people",
                "swap_texts",
                "undo",
                name="kind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("slot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("other_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_plan_change_by_id_person")),
        sa.ForeignKeyConstraint(["other_id"], ["slot.id"], name=op.f("fk_plan_change_other_id_slot")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_plan_change_slot_id_slot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_change")),
    )
    op.create_index(op.f("ix_plan_change_other_id"), "plan_change", ["other_id"], unique=False)
    op.create_index(op.f("ix_plan_change_slot_id"), "plan_change", ["slot_id"], unique=False)
    op.create_table(
        "proof_past",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("slot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("assignment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("normal", sa.String(length=500), nullable=False),
        sa.Column("media", sa.String(length=64), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "ended",
            sa.Enum("undone", "not_right", name="ended", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_proof_past_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_proof_past_person_id_person")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_proof_past_slot_id_slot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof_past")),
    )
    op.create_index(op.f("ix_proof_past_slot_id"), "proof_past", ["slot_id"], unique=False)
    op.create_table(
        "published_text",
        sa.Column("slot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("assignment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proof_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("media", sa.String(length=64), server_default="", nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("same", "differs", "picture", name="verdict", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("imprint_missing", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("meant", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_published_text_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_published_text_person_id_person")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_published_text_slot_id_slot")),
        sa.PrimaryKeyConstraint("slot_id", name=op.f("pk_published_text")),
    )
    op.create_table(
        "spot_check",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("slot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("assignment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proof_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "fine",
                "wrong",
                "disputed",
                "right",
                "upheld",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "other_page",
                "other_text",
                "imprint",
                "dead_link",
                "note",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_spot_check_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_spot_check_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_spot_check_person_id_person")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_spot_check_settled_by_person")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_spot_check_slot_id_slot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check")),
        sa.UniqueConstraint("slot_id", "proof_at", name=op.f("uq_spot_check_slot_id_proof_at")),
    )
    op.create_table(
        "swap",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("assignment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("other_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("other_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "agreed",
                "refused",
                "withdrawn",
                "lapsed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_swap_assignment_id_assignment")),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name=op.f("fk_swap_from_id_person")),
        sa.ForeignKeyConstraint(["other_id"], ["assignment.id"], name=op.f("fk_swap_other_id_assignment")),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_swap_to_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap")),
    )
    op.create_index(
        "ix_swap_other",
        "swap",
        ["other_id"],
        unique=False,
        sqlite_where=sa.text("state = 'open' and other_id is not null"),
        postgresql_where=sa.text("state = 'open' and other_id is not null"),
    )
    op.create_index(
        "uq_swap_open",
        "swap",
        ["assignment_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.add_column("assignment", sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index(op.f("ix_assignment_slot_id"), table_name="assignment")
    op.create_index("ix_assignment_person", "assignment", ["person_id", "at", "state"], unique=False)
    op.create_index("ix_draft_page_page", "draft_page", ["page", "draft_id"], unique=False)
    op.add_column("figure", sa.Column("screenshot", sa.String(length=64), server_default="", nullable=False))
    op.add_column("figure", sa.Column("import_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
    op.add_column("norm", sa.Column("peaks", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("norm", sa.Column("starts", sa.Date(), nullable=True))
    op.add_column("norm", sa.Column("ends", sa.Date(), nullable=True))
    op.add_column("norm", sa.Column("mix", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("norm", sa.Column("exceptions", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("norm", sa.Column("before", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("norm", sa.Column("by_hand", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("norm", sa.Column("planned", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("norm", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.create_index("ix_page_zone", "page", ["zone", "active", "region", "code"], unique=False)
    op.add_column("proof", sa.Column("media", sa.String(length=64), server_default="", nullable=False))
    op.add_column(
        "slot",
        sa.Column(
            "excuse",
            sa.Enum("removed", "blocked", "skipped", "day_off", name="excuse", native_enum=False, length=20),
            nullable=True,
        ),
    )
    op.add_column("slot", sa.Column("extra", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(
        "ix_slot_missed",
        "slot",
        ["page", "draft_id"],
        unique=False,
        sqlite_where=sa.text("state = 'missed'"),
        postgresql_where=sa.text("state = 'missed'"),
    )
    op.add_column("target", sa.Column("region", sa.String(length=32), server_default="", nullable=False))
    op.add_column("target", sa.Column("page", sa.String(length=64), server_default="", nullable=False))
    op.add_column("target", sa.Column("by_hand", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("target", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("target", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column("target", sa.Column("closed_why", sa.String(length=300), server_default="", nullable=False))
