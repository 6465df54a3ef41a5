"""A campaign's own files: the campaign, its cases, what happened to them, and what was published."""

from logistics.resources.campaign_files.loading import Loaded, closing_day, load

__all__ = ["Loaded", "closing_day", "load"]
