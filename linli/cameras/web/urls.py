"""Addresses of this app's pages."""

from django.urls import URLPattern, path

from linli.cameras.web import agreements, camera, imports, lists, orders
from linli.cameras.web.viewing_urls import urlpatterns as viewing

app_name = "cameras"
urlpatterns: list[URLPattern] = [
    path("cameras/", lists.cameras, name="list"),
    path("cameras/map/", lists.on_map, name="map"),
    path("cameras/points.json", lists.points, name="points"),
    path("cameras/new/", camera.register, name="register"),
    path("cameras/orders/", orders.home, name="orders"),
    path("cameras/orders/<uuid:order_id>/mended/", orders.mended, name="mended"),
    path("cameras/availability/", orders.availability, name="availability"),
    path("cameras/setup/", orders.setup, name="setup"),
    path("cameras/setup/forbid/", orders.forbid, name="forbid"),
    path("cameras/agreements/", agreements.home, name="agreements"),
    path("cameras/agreements/new/", agreements.new, name="new_agreement"),
    path("cameras/agreements/<uuid:agreement_id>/", agreements.agreement, name="agreement"),
    path("cameras/agreements/<uuid:agreement_id>/end/", agreements.end, name="end_agreement"),
    path("cameras/agreements/<uuid:agreement_id>/papers/", agreements.add, name="add_paper"),
    path(
        "cameras/agreements/<uuid:agreement_id>/papers/<uuid:paper_id>/",
        agreements.paper,
        name="paper",
    ),
    path("cameras/import/", imports.home, name="imports"),
    path("cameras/import/template.xlsx", imports.template, name="import_template"),
    path("cameras/import/<uuid:import_id>/", imports.one, name="import"),
    path("cameras/import/<uuid:import_id>/start/", imports.start, name="start_import"),
    path("cameras/discovery/", imports.discovery, name="discovery"),
    path("cameras/discovery/device/", imports.device, name="device"),
    path("cameras/<uuid:camera_id>/", camera.camera, name="camera"),
    path("cameras/<uuid:camera_id>/change/", camera.change, name="change"),
    path("cameras/<uuid:camera_id>/file/", camera.file, name="file"),
    path("cameras/<uuid:camera_id>/retire/", camera.retire, name="retire"),
    path("cameras/<uuid:camera_id>/sign/", camera.sign, name="sign"),
    path("cameras/<uuid:camera_id>/point.json", camera.point, name="point"),
    path("cameras/<uuid:camera_id>/view.json", camera.view, name="view"),
    path("cameras/<uuid:camera_id>/sources/", camera.add_source, name="add_source"),
    path(
        "cameras/<uuid:camera_id>/sources/<uuid:source_id>/drop/",
        camera.remove_source,
        name="drop_source",
    ),
    *viewing,
]
