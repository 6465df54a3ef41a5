"""The words of the audit trail, as people read them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS = {
    "assigned": gettext_lazy("assigned"),
    "bag_forwarded": gettext_lazy("bag forwarded"),
    "bag_opened": gettext_lazy("bag opened"),
    "bag_put_aside": gettext_lazy("bag put aside"),
    "batch_closed": gettext_lazy("batch closed"),
    "batch_received": gettext_lazy("batch received"),
    "campaign_added": gettext_lazy("campaign added"),
    "campaign_constructed": gettext_lazy("campaign constructed"),
    "campaign_edited": gettext_lazy("campaign edited"),
    "case_active": gettext_lazy("case active"),
    "case_added": gettext_lazy("case added"),
    "case_closed": gettext_lazy("case closed"),
    "case_edited": gettext_lazy("case edited"),
    "case_paused": gettext_lazy("case paused"),
    "collection_added": gettext_lazy("collection added"),
    "collection_withdrawn": gettext_lazy("collection withdrawn"),
    "confirmation_issued": gettext_lazy("confirmation issued"),
    "consent_recorded": gettext_lazy("consent recorded"),
    "consent_taken_back": gettext_lazy("consent taken back"),
    "consent_waived": gettext_lazy("consent waived"),
    "demo_loaded": gettext_lazy("demo loaded"),
    "discrepancy_closed": gettext_lazy("discrepancy closed"),
    "document_printed": gettext_lazy("document printed"),
    "figure_recorded": gettext_lazy("figure recorded"),
    "flag_decided": gettext_lazy("flag decided"),
    "hub_added": gettext_lazy("hub added"),
    "hub_closed": gettext_lazy("hub closed"),
    "label_replaced": gettext_lazy("label replaced"),
    "nil_return_added": gettext_lazy("nil return added"),
    "operator_made": gettext_lazy("operator made"),
    "password_renewed": gettext_lazy("password renewed"),
    "person_added": gettext_lazy("person added"),
    "person_closed": gettext_lazy("person closed"),
    "person_renamed": gettext_lazy("person renamed"),
    "return_imported": gettext_lazy("return imported"),
    "return_withdrawn": gettext_lazy("return withdrawn"),
    "role_ended": gettext_lazy("role ended"),
    "role_given": gettext_lazy("role given"),
    "rule_recorded": gettext_lazy("rule recorded"),
    "shipment_planned": gettext_lazy("shipment planned"),
    "situation_recorded": gettext_lazy("situation recorded"),
    "unassigned": gettext_lazy("unassigned"),
    "waiver_ended": gettext_lazy("waiver ended"),
    "words_erased": gettext_lazy("words erased"),
}
DETAILS = {
    "receive": gettext_lazy("receive"), "counted": gettext_lazy("counted"), "quoted": gettext_lazy("quoted"),
    "pictured": gettext_lazy("pictured"), "mailroom": gettext_lazy("mailroom"), "translator": gettext_lazy("translator"),
    "case_worker": gettext_lazy("case worker"), "case_team": gettext_lazy("case team"),
    "coordinator": gettext_lazy("coordinator"), "auditor": gettext_lazy("auditor"),
    "operator": gettext_lazy("operator"), "detained": gettext_lazy("detained"), "moved": gettext_lazy("moved"),
    "released": gettext_lazy("released"), "injured": gettext_lazy("injured"), "died": gettext_lazy("died"),
    "other": gettext_lazy("other"), "go_on": gettext_lazy("go on"), "hold": gettext_lazy("hold"),
    "call_back": gettext_lazy("call back"),
}  # fmt: skip


def said(what: str) -> str:
    """`flag_decided:go_on` as “flag decided: go on”; a word of long ago that is written no more, as it is."""
    word, _colon, detail = what.partition(":")
    told = str(WORDS.get(word) or word.replace("_", " "))
    if not detail:
        return told
    return _("%(what)s: %(which)s") % {"what": told, "which": DETAILS.get(detail) or detail.replace("_", " ")}
