"""The addresses of the site. Each app's own stand in its urls; the names of ours have no prefix."""

from django.urls import path

from logistics.views import home, received, signing

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("received/", received.received_page, name="received"),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("you/", signing.you, name="you"),
]
