"""The addresses of the mailbags."""

from django.urls import path

from mailbags.views import arriving

app_name = "mailbags"

urlpatterns = [
    path("shipments/<slug:number>/take-over/", arriving.take_over, name="take-over"),
]
