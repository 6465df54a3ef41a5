"""The database itself refuses to change or remove what has been told: acts, entries, audit rows, confirmations."""

from django.db import migrations

TABLES = ("logistics_act", "logistics_entry", "logistics_auditrow", "logistics_confirmation")
SENTENCE = "append-only: tell a new act that corrects it"

PLPGSQL = f"""
CREATE FUNCTION lightpost_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
"""


def _sqlite(table: str) -> list[tuple[str, str]]:
    return [
        (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
            f"DROP TRIGGER {table}_no_{verb.lower()}",
        )
        for verb in ("UPDATE", "DELETE")
    ]


def _postgresql(table: str) -> list[tuple[str, str]]:
    rows = (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION lightpost_append_only()"
    )
    whole = (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION lightpost_append_only()"
    )
    return [
        (rows, f"DROP TRIGGER {table}_append_only ON {table}"),
        (whole, f"DROP TRIGGER {table}_no_truncate ON {table}"),
    ]


def statements(vendor: str, *, forwards: bool) -> list[str]:
    """The SQL that puts the triggers on, or takes them off, for `sqlite` or `postgresql`."""
    pairs = [pair for table in TABLES for pair in (_sqlite(table) if vendor == "sqlite" else _postgresql(table))]
    found = [pair[0] if forwards else pair[1] for pair in pairs]
    if vendor == "postgresql":
        return [PLPGSQL, *found] if forwards else [*found, "DROP FUNCTION lightpost_append_only()"]
    return found


def put_on(apps, schema_editor) -> None:
    for statement in statements(schema_editor.connection.vendor, forwards=True):
        schema_editor.execute(statement)


def take_off(apps, schema_editor) -> None:
    for statement in statements(schema_editor.connection.vendor, forwards=False):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("logistics", "0001_initial")]
    operations = [migrations.RunPython(put_on, take_off)]
