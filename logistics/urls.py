"""The addresses of the site. Each app's own stand in its urls; the names of ours have no prefix."""

from django.urls import path

from logistics.views import campaigns, collections, home, hubs, people, received, returns, signing

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("received/", received.received_page, name="received"),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("you/", signing.you, name="you"),
    path("campaigns/", campaigns.campaign_list, name="campaigns"),
    path("campaign/add/", campaigns.campaign_add, name="campaign-add"),
    path("campaigns/<slug:slug>/", campaigns.campaign, name="campaign"),
    path("campaigns/<slug:slug>/edit/", campaigns.campaign_edit, name="campaign-edit"),
    path("hubs/", hubs.hub_list, name="hubs"),
    path("hub/add/", hubs.hub_add, name="hub-add"),
    path("hubs/<slug:code>/close/", hubs.hub_close, name="hub-close"),
    path("people/", people.people_list, name="people"),
    path("person/add/", people.person_add, name="person-add"),
    path("people/<slug:code>/", people.person, name="person"),
    path("people/<slug:code>/roles/give/", people.role_give, name="role-give"),
    path("people/<slug:code>/roles/end/", people.role_end, name="role-end"),
    path("people/<slug:code>/cases/assign/", people.cases_assign, name="cases-assign"),
    path("people/<slug:code>/cases/unassign/", people.case_unassign, name="case-unassign"),
    path("people/<slug:code>/close/", people.person_close, name="person-close"),
    path("returns/", returns.return_list, name="returns"),
    path("return/add/", returns.return_add, name="return-add"),
    path("returns/preview/<uuid:token>/", returns.return_preview, name="return-preview"),
    path("returns/preview/<uuid:token>/dates/", returns.return_dates, name="return-dates"),
    path("returns/preview/<uuid:token>/import/", returns.return_import, name="return-import"),
    path("returns/preview/<uuid:token>/leave/", returns.return_discard, name="return-discard"),
    path("returns/<slug:code>/", returns.return_page, name="return"),
    path("returns/<slug:code>/withdraw/", returns.return_withdraw, name="return-withdraw"),
    path("collections/", collections.collection_list, name="collections"),
    path("collection/add/", collections.collection_choose, name="collection-choose"),
    path("campaigns/<slug:slug>/collections/add/", collections.collection_add, name="collection-add"),
    path("collections/<slug:code>/", collections.collection, name="collection"),
    path("collections/<slug:code>/withdraw/", collections.collection_withdraw, name="collection-withdraw"),
]
