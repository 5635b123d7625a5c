"""Addresses of this app's pages."""

from django.urls import URLPattern, path

from linli.premises.web import coverage, devices, imports, inspecting, kinds, lists, page

app_name = "premises"
urlpatterns: list[URLPattern] = [
    path("premises/", lists.listing, name="list"),
    path("premises/map/", lists.on_map, name="map"),
    path("premises/points.json", lists.points_of, name="points"),
    path("premises/due/", lists.due, name="due"),
    path("premises/coverage/", coverage.page, name="coverage"),
    path("premises/new/", page.add, name="add"),
    path("premises/import/", imports.upload, name="import"),
    path("premises/import/<slug:what>.xlsx", imports.template, name="import_template"),
    path("premises/import/<slug:what>/<str:key>/", imports.preview, name="import_preview"),
    path("premises/kinds/", kinds.listing, name="kinds"),
    path("premises/kinds/new/", kinds.add, name="add_kind"),
    path("premises/kinds/<slug:code>/", kinds.kind, name="kind"),
    path(
        "premises/kinds/<slug:code>/needs/<uuid:need_id>/drop/", kinds.drop_need, name="drop_need"
    ),
    path(
        "premises/kinds/<slug:code>/items/<uuid:item_id>/retire/",
        kinds.retire_item,
        name="retire_item",
    ),
    path("premises/devices/new/", devices.add, name="add_street_device"),
    path("premises/devices/<uuid:device_id>/", devices.device, name="device"),
    path("premises/devices/<uuid:device_id>/change/", devices.change, name="change_device"),
    path("premises/devices/<uuid:device_id>/test/", devices.test, name="test"),
    path("premises/devices/<uuid:device_id>/fault/", devices.fault, name="fault"),
    path("premises/devices/<uuid:device_id>/mend/", devices.mend, name="mend"),
    path("premises/devices/<uuid:device_id>/retire/", devices.retire, name="retire_device"),
    path("premises/devices/<uuid:device_id>/secret/", devices.secret, name="secret"),
    path("premises/hazards/<uuid:hazard_id>/look/", inspecting.look, name="look"),
    path("premises/inspections/<uuid:inspection_id>/", inspecting.inspection, name="inspection"),
    path("premises/drills/<uuid:drill_id>/held/", page.hold_drill, name="hold_drill"),
    path("premises/drills/<uuid:drill_id>/cancel/", page.cancel_drill, name="cancel_drill"),
    path("premises/<uuid:premises_id>/", page.premises, name="premises"),
    path("premises/<uuid:premises_id>/change/", page.change, name="change"),
    path("premises/<uuid:premises_id>/close/", page.close, name="close"),
    path("premises/<uuid:premises_id>/inspect/", inspecting.inspect, name="inspect"),
    path("premises/<uuid:premises_id>/devices/new/", devices.add, name="add_device"),
    path("premises/<uuid:premises_id>/contacts/new/", page.add_contact, name="add_contact"),
    path(
        "premises/<uuid:premises_id>/contacts/<uuid:contact_id>/reveal/", page.reveal, name="reveal"
    ),
    path("premises/<uuid:premises_id>/contacts/<uuid:contact_id>/erase/", page.erase, name="erase"),
    path("premises/<uuid:premises_id>/files/new/", page.attach, name="attach"),
    path("premises/<uuid:premises_id>/files/<uuid:file_id>/", page.download, name="file"),
    path("premises/<uuid:premises_id>/files/<uuid:file_id>/remove/", page.detach, name="detach"),
    path("premises/<uuid:premises_id>/drills/new/", page.plan_drill, name="plan_drill"),
]
