"""desk."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imprint_pack",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("reviewer", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_imprint_pack")),
    )
    op.create_table(
        "imprint_rule",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("page", sa.String(length=64), server_default="", nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "official",
                "group",
                "delegated",
                "personal",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column(
            "platform",
            sa.Enum("vk", "ok", "x", "telegram", name="platform", native_enum=False, create_constraint=True, length=20),
            nullable=True,
        ),
        sa.Column("region", sa.String(length=32), server_default="", nullable=False),
        sa.Column(
            "reworded",
            sa.Enum("fixed", "allowed", name="reworded", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imprint_rule")),
    )
    op.create_table(
        "rubric",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("title_ru", sa.String(length=60), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_rubric")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deputy_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("starts < ends", name=op.f("ck_absence_in_order")),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_absence_deputy_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sa.UniqueConstraint("person_id", name=op.f("uq_absence_person_id")),
    )
    op.create_table(
        "halt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("region", sa.String(length=32), nullable=False),
        sa.Column("page", sa.String(length=64), server_default="", nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "mistake",
                "attack",
                "mourning",
                "legal",
                "other",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resume_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("resume_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_halt_by_id_person")),
        sa.ForeignKeyConstraint(["lifted_by"], ["person.id"], name=op.f("fk_halt_lifted_by_person")),
        sa.ForeignKeyConstraint(["resume_by"], ["person.id"], name=op.f("fk_halt_resume_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_halt")),
    )
    op.create_index(
        "uq_halt_open",
        "halt",
        ["region", "page"],
        unique=True,
        sqlite_where=sa.text("lifted_at is null"),
        postgresql_where=sa.text("lifted_at is null"),
    )
    op.create_table(
        "master",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("region", sa.String(length=32), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "writing",
                "open",
                "closed",
                "dropped",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_master_author_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_master")),
    )
    op.create_index(op.f("ix_master_author_id"), "master", ["author_id"], unique=False)
    op.create_index(op.f("ix_master_state"), "master", ["state"], unique=False)
    op.create_table(
        "mourning",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("region", sa.String(length=32), nullable=False),
        sa.Column("starts", sa.String(length=19), nullable=False),
        sa.Column("ends", sa.String(length=19), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_mourning_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mourning")),
    )
    op.create_table(
        "pattern_mute",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pattern_mute_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_pattern_mute")),
    )
    op.create_table(
        "queue_filter",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column(
            "facet",
            sa.Enum("region", "page", "rubric", name="facet", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_queue_filter_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_queue_filter")),
    )
    op.create_table(
        "silence_lift",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("override", "end", name="kind", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("of_region", sa.String(length=32), nullable=False),
        sa.Column("of_starts", sa.String(length=19), nullable=False),
        sa.Column("of_ends", sa.String(length=19), nullable=False),
        sa.Column("region", sa.String(length=32), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_silence_lift_by_id_person")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_silence_lift_confirmed_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silence_lift")),
    )
    op.create_table(
        "staff_chat",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("region", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=128), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_to", sa.Time(), nullable=False),
        sa.Column("bound_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "trouble",
            sa.Enum(
                "kicked",
                "no_topic",
                "topic_closed",
                "no_right",
                name="trouble",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["bound_by"], ["person.id"], name=op.f("fk_staff_chat_bound_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_chat")),
        sa.UniqueConstraint("chat_id", "thread_id", name=op.f("uq_staff_chat_chat_id_thread_id")),
    )
    op.create_index("ix_staff_chat_region", "staff_chat", ["region"], unique=False)
    op.create_table(
        "authority",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("page", sa.String(length=64), nullable=False),
        sa.Column("owner_name", sa.String(length=120), server_default="", nullable=False),
        sa.Column("reference", sa.Text(), server_default="", nullable=False),
        sa.Column("document", sa.String(length=64), server_default="", nullable=False),
        sa.Column("document_kind", sa.String(length=16), server_default="", nullable=False),
        sa.Column("scope", sa.Text(), server_default="", nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("token_hash", sa.String(length=64), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_authority_by_id_person")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_authority_owner_id_person")),
        sa.ForeignKeyConstraint(["page"], ["page.code"], name=op.f("fk_authority_page_page")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority")),
    )
    op.create_index(
        "uq_authority_in_force",
        "authority",
        ["page"],
        unique=True,
        sqlite_where=sa.text("confirmed_at is not null and ended_at is null"),
        postgresql_where=sa.text("confirmed_at is not null and ended_at is null"),
    )
    op.create_table(
        "draft_appeal",
        sa.Column(
            "draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("anew", sa.Integer(), nullable=False),
        sa.Column("against_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["against_id"], ["person.id"], name=op.f("fk_draft_appeal_against_id_person")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_appeal_draft_id_draft")),
        sa.PrimaryKeyConstraint("draft_id", "version", name=op.f("pk_draft_appeal")),
        sa.UniqueConstraint("draft_id", "anew", name=op.f("uq_draft_appeal_draft_id_anew")),
    )
    op.create_table(
        "draft_claim",
        sa.Column(
            "draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_claim_draft_id_draft")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draft_claim_person_id_person")),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_draft_claim")),
    )
    op.create_table(
        "draft_comment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_comment_draft_id_draft")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draft_comment_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_comment")),
    )
    op.create_index("ix_draft_comment_draft", "draft_comment", ["draft_id", "id"], unique=False)
    op.create_table(
        "draft_edit",
        sa.Column(
            "draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_edit_draft_id_draft")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draft_edit_person_id_person")),
        sa.PrimaryKeyConstraint("draft_id", "person_id", name=op.f("pk_draft_edit")),
    )
    op.create_table(
        "imprint_return",
        sa.Column(
            "draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_imprint_return_draft_id_draft")),
        sa.PrimaryKeyConstraint("draft_id", "version", name=op.f("pk_imprint_return")),
    )
    op.create_table(
        "master_fill",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("master_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("region", sa.String(length=32), nullable=False),
        sa.Column("page", sa.String(length=64), server_default="", nullable=False),
        sa.Column(
            "state",
            sa.Enum("running", "done", name="state", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("media", sa.JSON(), nullable=False),
        sa.Column("album", sa.String(length=32), server_default="", nullable=False),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_master_fill_draft_id_draft")),
        sa.ForeignKeyConstraint(["master_id"], ["master.id"], name=op.f("fk_master_fill_master_id_master")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_master_fill_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_master_fill")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_master_fill_draft_id")),
    )
    op.create_index("ix_master_fill_master", "master_fill", ["master_id", "wording"], unique=False)
    op.create_index(op.f("ix_master_fill_person_id"), "master_fill", ["person_id"], unique=False)
    op.create_table(
        "master_list",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("master_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("screens", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["master_id"], ["master.id"], name=op.f("fk_master_list_master_id_master")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_master_list_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_master_list")),
        sa.UniqueConstraint(
            "person_id", "master_id", "wording", name=op.f("uq_master_list_person_id_master_id_wording")
        ),
    )
    op.create_table(
        "master_page",
        sa.Column("master_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("page", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["master_id"], ["master.id"], name=op.f("fk_master_page_master_id_master")),
        sa.ForeignKeyConstraint(["page"], ["page.code"], name=op.f("fk_master_page_page_page")),
        sa.PrimaryKeyConstraint("master_id", "page", name=op.f("pk_master_page")),
    )
    op.create_table(
        "master_wording",
        sa.Column("master_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wording", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["master_id"], ["master.id"], name=op.f("fk_master_wording_master_id_master")),
        sa.PrimaryKeyConstraint("master_id", "wording", name=op.f("pk_master_wording")),
    )
    op.create_table(
        "owner_veto",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("page", sa.String(length=64), nullable=False),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_owner_veto_draft_id_draft")),
        sa.ForeignKeyConstraint(["page"], ["page.code"], name=op.f("fk_owner_veto_page_page")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_owner_veto_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner_veto")),
        sa.UniqueConstraint("page", "draft_id", name=op.f("uq_owner_veto_page_draft_id")),
    )
    op.create_table(
        "recall",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("correct", "remove", name="kind", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "writing",
                "waiting",
                "open",
                "done",
                "dropped",
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
                "facts",
                "private_data",
                "complaint",
                "wrong_place",
                "other",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name=op.f("fk_recall_approved_by_person")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_recall_by_id_person")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_recall_draft_id_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall")),
    )
    op.create_index(op.f("ix_recall_draft_id"), "recall", ["draft_id"], unique=False)
    op.create_index(
        "uq_recall_open",
        "recall",
        ["draft_id"],
        unique=True,
        sqlite_where=sa.text("state in ('writing', 'waiting', 'open')"),
        postgresql_where=sa.text("state in ('writing', 'waiting', 'open')"),
    )
    op.create_table(
        "risk_check",
        sa.Column(
            "draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column(
            "risk",
            sa.Enum(
                "defamation",
                "hate",
                "private_data",
                "minors",
                "polls",
                name="risk",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("because", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_risk_check_draft_id_draft")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_risk_check_person_id_person")),
        sa.PrimaryKeyConstraint("draft_id", "version", "person_id", "risk", name=op.f("pk_risk_check")),
    )
    op.create_table(
        "urgent_call",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("started_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "preparing",
                "asking",
                "stopped",
                "dropped",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("over", sa.JSON(), nullable=False),
        sa.Column(
            "why",
            sa.Enum(
                "breaking",
                "safety",
                "falsehood",
                "event",
                "own",
                name="why",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.String(length=300), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_urgent_call_draft_id_draft")),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"], name=op.f("fk_urgent_call_started_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgent_call")),
    )
    op.create_index(op.f("ix_urgent_call_draft_id"), "urgent_call", ["draft_id"], unique=False)
    op.create_index("ix_urgent_call_started", "urgent_call", ["started_at"], unique=False)
    op.create_table(
        "recall_task",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("recall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "said", "done", "cancelled", name="state", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("proof_url", sa.String(length=500), server_default="", nullable=False),
        sa.Column("proof_media", sa.String(length=64), server_default="", nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["looked_by"], ["person.id"], name=op.f("fk_recall_task_looked_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recall_task_person_id_person")),
        sa.ForeignKeyConstraint(["recall_id"], ["recall.id"], name=op.f("fk_recall_task_recall_id_recall")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_recall_task_slot_id_slot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall_task")),
        sa.UniqueConstraint("recall_id", "slot_id", name=op.f("uq_recall_task_recall_id_slot_id")),
    )
    op.create_index(op.f("ix_recall_task_person_id"), "recall_task", ["person_id"], unique=False)
    op.create_table(
        "urgent_ask",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("call_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("page", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "chosen",
                "asked",
                "silent",
                "accepted",
                "declined",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("round", sa.Integer(), server_default="0", nullable=False),
        sa.Column("loud", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["urgent_call.id"], name=op.f("fk_urgent_ask_call_id_urgent_call")),
        sa.ForeignKeyConstraint(["page"], ["page.code"], name=op.f("fk_urgent_ask_page_page")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_urgent_ask_person_id_person")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_urgent_ask_slot_id_slot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgent_ask")),
        sa.UniqueConstraint("call_id", "page", "person_id", name=op.f("uq_urgent_ask_call_id_page_person_id")),
    )
    op.create_index(op.f("ix_urgent_ask_slot_id"), "urgent_ask", ["slot_id"], unique=False)
    op.add_column(
        "blackout",
        sa.Column(
            "kind",
            sa.Enum("voting", "moratorium", "mourning", name="kind", native_enum=False, length=20),
            server_default="moratorium",
            nullable=False,
        ),
    )
    op.add_column("blackout", sa.Column("by_hand", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("content", sa.Column("variants", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("content", sa.Column("fills", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("content", sa.Column("sources", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "content", sa.Column("edited_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
    )
    op.add_column("decision", sa.Column("undo_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("decision", sa.Column("turn", sa.Integer(), server_default="0", nullable=False))
    op.add_column("decision", sa.Column("checks", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("decision", sa.Column("imprints", sa.JSON(), nullable=True))
    op.add_column("draft", sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("draft", sa.Column("turns", sa.Integer(), server_default="0", nullable=False))
    op.add_column("draft", sa.Column("master_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
    op.add_column("draft", sa.Column("rubric", sa.String(length=32), server_default="", nullable=False))
    op.add_column("draft", sa.Column("not_before", sa.DateTime(timezone=True), nullable=True))
    op.add_column("draft", sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("draft", sa.Column("cool_days", sa.Integer(), nullable=True))
    op.add_column(
        "page",
        sa.Column(
            "lane",
            sa.Enum("ordinary", "strict", "bold", name="lane", native_enum=False, length=20),
            server_default="ordinary",
            nullable=False,
        ),
    )
    op.add_column("page", sa.Column("imprint_rule", sa.String(length=64), server_default="", nullable=False))
    op.add_column("page", sa.Column("imprint_from", sa.Date(), nullable=True))
    op.add_column("page", sa.Column("imprint_until", sa.Date(), nullable=True))
    op.add_column("page", sa.Column("authority_from", sa.Date(), nullable=True))
    op.add_column("page", sa.Column("authority_until", sa.Date(), nullable=True))
    op.add_column("slot", sa.Column("urgent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
    op.add_column("slot", sa.Column("again", sa.Integer(), server_default="0", nullable=False))
    op.drop_index(
        op.f("uq_slot_draft_page"),
        table_name="slot",
        sqlite_where=sa.text("draft_id is not null and state in ('filled', 'posted')"),
    )
    op.create_index(
        "uq_slot_draft_page",
        "slot",
        ["page", "draft_id", "again"],
        unique=True,
        sqlite_where=sa.text("draft_id is not null and state in ('filled', 'posted')"),
        postgresql_where=sa.text("draft_id is not null and state in ('filled', 'posted')"),
    )
    op.create_index(
        "ix_slot_urgent",
        "slot",
        ["urgent_id"],
        unique=False,
        sqlite_where=sa.text("urgent_id is not null"),
        postgresql_where=sa.text("urgent_id is not null"),
    )
    # What was decided before there was an undo stands.
    op.execute("UPDATE draft SET settled_at = updated_at WHERE state IN ('approved', 'returned', 'rejected')")
