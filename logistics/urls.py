"""The addresses of the site. There are no pages yet: they come with the next issue."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
