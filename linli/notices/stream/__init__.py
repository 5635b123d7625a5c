"""Server-sent events by topic: whoever writes ``publish`` in a transaction reaches every browser
that listens to the topic, once the transaction has committed.

Which topics there are and who may listen stands in ``linli.site.topics``. ``server`` is the process
that holds the browsers' connections.
"""
