"""What use cases need from the outside, as protocols; `storage` implements them."""

from domain.ports.unit_of_work import Database, UnitOfWork

__all__ = ["Database", "UnitOfWork"]
