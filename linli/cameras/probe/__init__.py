"""Looking at a camera: whether it answers, lets in, sends video, and what the picture is like.

Knows nothing of rows or people, and connects to nothing but what it is given.
"""
