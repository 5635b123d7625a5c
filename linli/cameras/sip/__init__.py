"""GB/T 28181, the platform's side: SIP, MANSCDP, SDP, and RTP that carries MPEG program streams.

The parsers here are pure: bytes in, values out, and nothing but :class:`ProtocolError` on garbage.
"""
