"""The addresses of the summaries."""

from django.urls import path

from translations import views

app_name = "translations"

urlpatterns = [
    path("summaries/", views.summary_list, name="summaries"),
    path("summary/waive/", views.summary_waive, name="summary-waive"),
    path("summaries/<slug:code>/write/", views.summary_write, name="summary-write"),
    path("summaries/<slug:code>/<slug:language>/", views.summary, name="summary"),
]
