"""Addresses of video: the door of segments, the pages around it, and the hook of a media server."""

from django.urls import path, re_path

from linli.cameras.web import clips, footage, hook, relatives, segments, video, video_setup

_CAMERA = "cameras/view/<uuid:grant_id>/<uuid:camera_id>/"

urlpatterns = [
    path("cameras/hook/authorise", hook.authorise, name="authorise"),
    path(_CAMERA + "live.m3u8", segments.playlist, name="live"),
    path(_CAMERA + "recorded.m3u8", segments.playlist, name="recorded"),
    path(_CAMERA + "state.json", segments.state, name="view_state"),
    path(_CAMERA + "cut/", clips.cut, name="cut"),
    path(_CAMERA + "preview.jpg", clips.preview, name="preview"),
    path(_CAMERA + "<path:name>", segments.segment, name="segment"),
    path("cameras/view/<uuid:grant_id>/", video.watch, name="watch"),
    path("cameras/view/<uuid:grant_id>/decide/", video.decide, name="decide"),
    path("cameras/view/<uuid:grant_id>/end/", video.end, name="end"),
    path("cameras/video/", video.home, name="video"),
    path("cameras/video/log/", video.log, name="video_log"),
    path("cameras/video/case/<uuid:case_id>/", video.for_case, name="video_case"),
    path("cameras/video/case/<uuid:case_id>/hold/", footage.hold, name="hold"),
    path("cameras/video/holds/<uuid:hold_id>/lift/", footage.lift, name="lift_hold"),
    path("cameras/<uuid:camera_id>/recording/", footage.record_camera, name="record"),
    path("cameras/view/<uuid:grant_id>/relatives/", relatives.of_grant, name="relatives"),
    path("cameras/video/relatives/", relatives.to_decide, name="relatives_to_decide"),
    path("cameras/video/relatives/<uuid:viewing_id>/", relatives.decide, name="decide_relative"),
    path(
        "cameras/video/relatives/<uuid:viewing_id>/begin/", relatives.begin, name="begin_relative"
    ),
    path("cameras/video/clips/", clips.clips, name="clips"),
    path("cameras/video/clips/<uuid:clip_id>/", clips.clip, name="clip"),
    path("cameras/video/clips/<uuid:clip_id>/file/", clips.file, name="clip_file"),
    path("cameras/video/clips/<uuid:clip_id>/decide/", clips.decide, name="decide_clip"),
    path("cameras/video/clips/<uuid:clip_id>/take/", clips.take, name="take_clip"),
    path("cameras/video/setup/", video_setup.setup, name="video_setup"),
    path("cameras/video/setup/<uuid:training_id>/end/", video_setup.untrain, name="untrain"),
    path("cameras/video/devices/", video_setup.devices, name="devices"),
    path(
        "cameras/video/devices/<uuid:device_id>/forget/", video_setup.forget, name="forget_device"
    ),
    path("cameras/video/channels/<int:channel_id>/tie/", video_setup.tie, name="tie_channel"),
    path("video/report/", video_setup.report, name="video_report"),
    path("video/report/<slug:quarter>/", video_setup.report, name="video_report_of"),
    path("cameras/<uuid:camera_id>/view/", video.open_camera, name="view_camera"),
    # Last: whatever else is asked for below the door.
    re_path(r"^cameras/view/(?P<rest>.*)$", segments.stray, name="stray"),
]
