"""The catalogues of the documents, beside what the documents say."""

from django.core.management import call_command


def test_the_catalogues_hold_what_the_documents_say_now():
    call_command("catalogues", "--check")
