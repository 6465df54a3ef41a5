"""The addresses of the site."""

from django.urls import path

from logistics.views import received, signing

urlpatterns = [
    path("", received.received_page, name="home"),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
]
