"""Every page of the URLconf, as every role that can open it, found by links alone and looked at in Chromium."""

import pytest
from playwright.sync_api import Browser

from tests.browser import walking
from tests.browser.every_page import Walked, names_of_the_urlconf
from tests.browser.looking import Looker
from tests.browser.serving import Site

ONLY_POSTS = {
    "sign-out": "leaves; a link could be followed by a program that fetches ahead",
    "time-zone": "half of the page You, which has its form",
    "role-give": "a form on the page of a person",
    "role-end": "a form on the page of a person",
    "cases-assign": "a form on the page of a person",
    "case-unassign": "a form on the page of a person",
    "return-dates": "the answer to the question that a preview asks",
    "return-import": "what a preview is for",
    "return-discard": "removes what a preview shows",
    "words-erase": "a form beside the words that were kept, on the page of a delivery",
}
"""Addresses without a page, and why. Each must be what a form on some page is sent to."""
FILES = {
    "confirmation-paper": "the confirmation as a PDF",
    "mailbags:packing-list": "the packing list as a PDF",
    "mailbags:bag-list": "what a bag holds, as a PDF",
    "mailbags:shipment-bag-list": "what each bag of a shipment holds, as a PDF",
    "mailbags:letter-bill": "the letter bill as a PDF",
    "mailbags:delivery-form": "the form to fill by hand as a PDF",
    "case-report": "the case report as a PDF",
    "work-file": "the document that was made in the background",
}
"""Addresses that give a file, and what it is. Each must be linked."""
RARE = {
    "confirmation-letter": "the letter of a confirmation that holds; the walk makes that of the demonstration out of date: tests/logistics/documents/test_letter.py",
    "return-withdraw": "stands on a return of which no mail has come yet: tests/browser/story/test_forms.py",
    "mailbags:to-pack": "stands at home while bundles are ready to pack, and the walk packs them: tests/mailbags/pages",
    "work-again": "stands on the page of work that was interrupted or failed: tests/logistics/working/test_working.py",
}
"""Addresses that the walk cannot come by, and where it is tested that they can be found."""
ELSEWHERE = {
    "collection-choose": "leads on to the one campaign of the demonstration; asks where there are several",
    "case-choose": "leads on to the one campaign of the demonstration; asks where there are several",
}
"""Addresses that lead on to another page, and when they have one of their own. Each must be linked."""
PARTS = 3
"""Into which a role's pages are divided, so that two workers share them."""


def test_every_address_can_be_found_by_links(walked: Walked):
    named = set(names_of_the_urlconf())
    found = walked.names("pages")
    assert named - found - set(ONLY_POSTS) - set(FILES) - set(ELSEWHERE) - set(RARE) == set()
    assert set(ONLY_POSTS) <= walked.names("posts") and not set(ONLY_POSTS) & found
    assert set(FILES) <= walked.names("files") and not set(FILES) & found
    assert set(ELSEWHERE) <= walked.names("moved") and not set(ELSEWHERE) & found
    assert set(RARE) | set(ONLY_POSTS) | set(FILES) | set(ELSEWHERE) <= named


def test_no_link_leads_nowhere(walked: Walked):
    assert {person: found.broken for person, found in walked.found.items() if found.broken} == {}


def test_whoever_is_not_signed_in_finds_one_page(walked: Walked):
    assert set(walked.found[""].pages) == {"sign-in"}


def looker(chromium: Browser, site: Site, walked: Walked, person: str, **options: object) -> Looker:
    context = chromium.new_context(locale="en-GB", **options)
    if person:
        context.add_cookies([{"name": "sessionid", "value": walked.cookies[person], "url": site.address}])
    return Looker(context, site.address)


def owner(walked: Walked, name: str) -> str:
    """The first role that can open pages of this name: it looks closely, the others at what depends on the role."""
    return next(role for role in (*walking.ROLES, "mailroom-south", "case-worker-2", "") if name in walked.found[role].pages)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("role", walking.ROLES)
def test_every_page_of_a_role_is_as_it_should_be(chromium, walked_site, walked, role, part):
    looking = looker(chromium, walked_site, walked, role)
    found = []
    for name, address in list(walked.pages(role).items())[part::PARTS]:
        found += looking.look(address, closely=owner(walked, name) == role)
    looking.context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("person", ["mailroom-south", "case-worker-2", ""])
def test_what_only_others_see_is_as_it_should_be(chromium, walked_site, walked, person):
    looking = looker(chromium, walked_site, walked, person)
    found = []
    for name, address in walked.pages(person).items():
        if owner(walked, name) == person:
            found += looking.look(address)
    looking.context.close()
    assert not found, "\n".join(found)


def test_a_page_that_is_not_there_is_as_it_should_be(chromium, walked_site, walked):
    for person in ("", "mailroom"):
        looking = looker(chromium, walked_site, walked, person)
        assert looking.look("/no-such-page/", status=404) == []
        looking.context.close()


@pytest.mark.parametrize("role", [*walking.ROLES, "mailroom-south"])
def test_a_page_reads_the_same_without_scripts(chromium, walked_site, walked, role):
    """What is read and what can be filled in; that the forms work is told by the story, on a phone without scripts."""
    with_scripts = looker(chromium, walked_site, walked, role)
    without = looker(chromium, walked_site, walked, role, java_script_enabled=False)
    for name, address in walked.pages(role).items():
        if owner(walked, name) == role:
            for each in (with_scripts, without):
                each.page.goto(walked_site.address + address)
            assert read(without) == read(with_scripts), address
    with_scripts.context.close()
    without.context.close()


def read(looking: Looker) -> tuple[str, list[str]]:
    page = looking.page
    controls = page.locator("a[href], button, input:not([type=hidden]), select, textarea")
    return page.locator("body").inner_text(), controls.evaluate_all("all => all.map(each => each.outerHTML)")
