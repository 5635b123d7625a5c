"""The JSON API of cases: the same actions as the pages."""

from linli.cases.api.reads import router as reads
from linli.cases.api.verbs import router as verbs
from linli.cases.api.writes import router as writes

ROUTERS = (reads, writes, verbs)
