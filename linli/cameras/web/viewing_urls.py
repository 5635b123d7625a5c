"""Addresses of video: the door of segments, the pages around it, and the hook of a media server."""

from django.urls import path, re_path

from linli.cameras.web import hook, segments

_CAMERA = "cameras/view/<uuid:grant_id>/<uuid:camera_id>/"

urlpatterns = [
    path("cameras/hook/authorise", hook.authorise, name="authorise"),
    path(_CAMERA + "live.m3u8", segments.playlist, name="live"),
    path(_CAMERA + "recorded.m3u8", segments.playlist, name="recorded"),
    path(_CAMERA + "state.json", segments.state, name="view_state"),
    path(_CAMERA + "<path:name>", segments.segment, name="segment"),
    re_path(r"^cameras/view/(?P<rest>.*)$", segments.stray, name="stray"),
]
