"""A page with one fault put into it: whoever looks at every page would see it."""

import pytest

from tests.browser.test_every_page import looker

IN_THE_PAGE = {
    "2 h1": "<h1>Once more</h1>",
    "comes after an h": "<h6>Deep</h6>",
    "console: ": '<p style="color: red">Loud</p>',
    "asks for http": '<img alt="" src="http://127.0.0.1:9/far.png">',
    "800 px wide": '<svg width="800" height="3" role="presentation"></svg>',
    "px high, of 4": '<form><button class="tiny">Go</button></form>',
    "is printed with nothing under it": '<section class="section"><h2>Alone</h2><p class="paging">1</p></section>',
    "has no label": '<form><input name="nameless"><button class="button">Go</button></form>',
    "axe tabindex": '<a class="button" href="/" tabindex="3">First</a>',
}
IN_THE_STYLE = {
    "phone: axe color-contrast": "h1 { color: #ddd !important }",
    "dark: axe color-contrast": "@media (prefers-color-scheme: dark) { h1 { color: #333 !important } }",
    "does not show that it is chosen": ":focus-visible { outline: none !important }",
    "is covered by": ".colophon { position: fixed; inset: 0; z-index: 99 }",
    "phone: “Code or name” is cut": ".search { max-inline-size: 9rem !important }",
    "is stretched": ".filters .field { max-inline-size: none !important }",
    "print, light: nav": "@media print { .sections { display: block !important } }",
    "print, dark: the paper is": "@media print and (prefers-color-scheme: dark) { body { background: #111 !important } }",
}

SEEN_BY = {"is stretched": ("auditor", "ledger")}
"""Who looks, and at which page, where it is not the mailroom at what leaves."""


@pytest.mark.parametrize("told", [*IN_THE_PAGE, *IN_THE_STYLE])
def test_a_fault_is_told(chromium, walked_site, walked, told):
    role, name = SEEN_BY.get(told, ("mailroom", "mailbags:leaving"))
    looking = looker(chromium, walked_site, walked, role)
    address = walked.pages(role)[name]

    def spoil(route):
        answer = route.fetch()
        if told in IN_THE_PAGE:
            route.fulfill(response=answer, body=answer.text().replace("</main>", IN_THE_PAGE[told] + "</main>"))
        else:
            route.fulfill(response=answer, body=answer.text() + IN_THE_STYLE[told])

    looking.page.route(f"**{address}" if told in IN_THE_PAGE else "**/*.css", spoil)
    found = looking.look(address)
    looking.context.close()
    assert any(told in sentence for sentence in found), found
