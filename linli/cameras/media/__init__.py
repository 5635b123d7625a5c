"""Video: how it is fetched from cameras, packed for browsers, kept, cut and disguised.

Two adapters give it out: our own packager (:mod:`packager`), and any other media server that asks
Linli for leave (:mod:`external`).
"""
