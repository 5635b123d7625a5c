"""Addresses of video: the door of segments, the pages around it, and the hook of a media server."""

from django.urls import path, re_path

from linli.cameras.web import hook, segments, video

_CAMERA = "cameras/view/<uuid:grant_id>/<uuid:camera_id>/"

urlpatterns = [
    path("cameras/hook/authorise", hook.authorise, name="authorise"),
    path(_CAMERA + "live.m3u8", segments.playlist, name="live"),
    path(_CAMERA + "recorded.m3u8", segments.playlist, name="recorded"),
    path(_CAMERA + "state.json", segments.state, name="view_state"),
    path(_CAMERA + "<path:name>", segments.segment, name="segment"),
    path("cameras/view/<uuid:grant_id>/", video.watch, name="watch"),
    path("cameras/view/<uuid:grant_id>/decide/", video.decide, name="decide"),
    path("cameras/view/<uuid:grant_id>/end/", video.end, name="end"),
    path("cameras/video/", video.home, name="video"),
    path("cameras/video/case/<uuid:case_id>/", video.for_case, name="video_case"),
    path("cameras/<uuid:camera_id>/view/", video.open_camera, name="view_camera"),
    # Last: whatever else is asked for below the door.
    re_path(r"^cameras/view/(?P<rest>.*)$", segments.stray, name="stray"),
]
