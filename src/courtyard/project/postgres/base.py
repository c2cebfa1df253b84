"""PostgreSQL with immediate foreign keys only (D23): a deferred one would surface at COMMIT."""

from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.features import DatabaseFeatures as PostgresFeatures
from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations


class DatabaseOperations(PostgresOperations):
    def deferrable_sql(self) -> str:
        return ""


class DatabaseFeatures(PostgresFeatures):
    can_defer_constraint_checks = False
    supports_forward_references = False


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
    features_class = DatabaseFeatures
    # That a transaction was entered and no message has gone out in it: the first one carries its BEGIN.
    begins = False

    def _start_transaction_under_autocommit(self) -> None:
        if self.connection.isolation_level is None:
            self.begins = True
        else:
            self._set_autocommit(False)  # type: ignore[attr-defined]

    def takes_begin(self) -> bool:
        """Whether the caller must send BEGIN before its own statements, in the same message; asked once."""
        begins, self.begins = self.begins, False
        return begins

    def create_cursor(self, name: str | None = None) -> Any:
        if self.takes_begin():
            self.connection.execute("BEGIN")
        return super().create_cursor(name)

    def _commit(self) -> None:
        self.begins = False
        super()._commit()  # type: ignore[misc]

    def _rollback(self) -> None:
        self.begins = False
        super()._rollback()  # type: ignore[misc]

    def _close(self) -> None:
        self.begins = False
        super()._close()  # type: ignore[misc]
