"""The test databases: what the fixtures in tests/conftest.py promise."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from logistics.models import AuditRow


def make_row_that_stays() -> AuditRow:
    by = get_user_model().objects.create_user("somebody")
    return AuditRow.objects.create(by=by, what="document")


@pytest.mark.django_db(transaction=True)
def test_a_test_database_is_emptied_although_its_rows_may_not_be_deleted():
    row = make_row_that_stays()

    call_command("flush", interactive=False, verbosity=0)

    assert not AuditRow.objects.filter(pk=row.pk).exists()
    stays = make_row_that_stays()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        stays.delete()
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM logistics_auditrow")
    assert AuditRow.objects.get() == stays
