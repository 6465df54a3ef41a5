"""The addresses of the mailbags."""

from django.urls import path

from mailbags.views import arriving, bags, leaving, packing, papers, relabelling, sealing

app_name = "mailbags"

urlpatterns = [
    path("shipments/<slug:number>/take-over/", arriving.take_over, name="take-over"),
    path("bundle/to-pack/", packing.to_pack, name="to-pack"),
    path("mailbags/", bags.bag_list, name="bags"),
    path("mailbag/add/", bags.bag_open, name="bag-open"),
    path("mailbags/<slug:code>/", bags.bag, name="bag"),
    path("mailbags/<slug:code>/weigh/", bags.bag_weigh, name="bag-weigh"),
    path("mailbags/<slug:code>/bundles/<slug:bundle>/take-out/", bags.bag_take_out, name="bag-take-out"),
    path("mailbags/<slug:code>/seal/", sealing.bag_seal, name="bag-seal"),
    path("mailbags/<slug:code>/open/", sealing.bag_unseal, name="bag-unseal"),
    path("mailbags/<slug:code>/put-aside/", bags.bag_put_aside, name="bag-put-aside"),
    path("mailbags/<slug:code>/label/", relabelling.bag_label, name="bag-label"),
    path("mailbags/<slug:code>/forward/", bags.bag_forward, name="bag-forward"),
    path("mailbags/<slug:code>/packing-list/", papers.packing_list, name="packing-list"),
    path("mailbags/<slug:code>/bag-list/", papers.bag_list, name="bag-list"),
    path("shipments/<slug:number>/bag-list/", papers.shipment_bag_list, name="shipment-bag-list"),
    path("shipments/<slug:number>/letter-bill/", papers.letter_bill, name="letter-bill"),
    path("shipments/<slug:number>/delivery-form/", papers.delivery_form, name="delivery-form"),
    path("shipment/leaving/", leaving.leaving, name="leaving"),
    path("shipments/<slug:number>/dispatch/", leaving.dispatch, name="dispatch"),
    path("shipments/<slug:number>/pass-through/", leaving.pass_through, name="pass-through"),
]
