"""What every table shares."""

from sqlalchemy import Column, MetaData

from storage.types import Id, col

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

DAYS_30 = "30 days after it is settled"
HANDLED = "until handled; 72 hours when set aside"


def surrogate(purpose: str = "surrogate key") -> Column[int]:
    return col("id", Id, primary_key=True, autoincrement=True, purpose=purpose)
