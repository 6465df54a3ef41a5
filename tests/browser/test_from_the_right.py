"""Every sort of page in a language that is written from the right."""

import pytest

from tests.browser import walking
from tests.browser.test_every_page import looker, owner


@pytest.fixture(scope="session")
def site_from_the_right(chromium, walked, serve):
    return serve(walked.database, LIGHTPOST_FILES=str(walked.files), LIGHTPOST_LANGUAGE="ar")


@pytest.mark.parametrize("role", [*walking.ROLES, "mailroom-south", ""])
def test_a_page_is_read_from_the_right(chromium, site_from_the_right, walked, role):
    looking = looker(chromium, site_from_the_right, walked, role)
    found = []
    for name, address in walked.pages(role).items():
        if owner(walked, name) == role:
            found += looking.read_from_the_right(address)
    looking.context.close()
    assert not found, "\n".join(found)
