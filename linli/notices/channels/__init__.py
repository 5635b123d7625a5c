"""Ways out of the house. Each sort of gateway is one function that sends one parcel, or raises.

``SENDERS[sort](access, parcel)``: returns when the other side has taken it; raises
:class:`Rejected` when it never will, :class:`Unreachable` when it is worth another try, and
:class:`Doubtful` when it was handed over and nobody knows what became of it.
"""

from collections.abc import Callable, Mapping

from linli.notices.channels.mail import send_mail
from linli.notices.channels.parcel import Access, Parcel
from linli.notices.channels.robots import send_dingtalk, send_wecom
from linli.notices.channels.sms import send_sms

SENDERS: Mapping[str, Callable[[Access, Parcel], None]] = {
    "mail": send_mail,
    "sms": send_sms,
    "wecom": send_wecom,
    "dingtalk": send_dingtalk,
    # A service that reads a text out over the phone is asked in the same way.
    "voice": send_sms,
}
