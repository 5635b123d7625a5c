"""Four clients that sign in as staff do and ask over HTTP, each on its own connection."""

import functools
import http.client
import multiprocessing
import operator
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from bench.instance import Instance

type Request = tuple[str, str, bytes | None, dict[str, str]]  # method, path, body, headers


def ask(port: int, requests: Sequence[Request]) -> list[float]:
    """Send requests one after another on one connection; return the seconds each took."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    took = []
    for method, path, body, headers in requests:
        began = time.perf_counter()
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        took.append(time.perf_counter() - began)
        if answer.status not in (200, 201):
            raise RuntimeError(f"{method} {path}: {answer.status}")
    return took


def _client(port: int, requests: Sequence[Request], results: Any) -> None:
    results.put(ask(port, requests))


def measure(instance: Instance, clients: Sequence[Sequence[Request]]) -> dict[str, float]:
    """Let every client send its requests at once.

    Returns requests a second, p50/p95/p99 in ms, and the instance's CPU ms a request.
    """
    results: Any = multiprocessing.Queue()
    workers = [
        multiprocessing.Process(target=_client, args=(instance.port, requests, results))
        for requests in clients
    ]
    before, began = instance.cpu_seconds(), time.perf_counter()
    for worker in workers:
        worker.start()
    took = sorted(functools.reduce(operator.iadd, (results.get(timeout=600) for _ in workers), []))
    elapsed = time.perf_counter() - began
    for worker in workers:
        worker.join()
    used = instance.cpu_seconds() - before
    cuts = statistics.quantiles(took, n=100, method="inclusive")
    return {
        "requests": len(took),
        "per_second": round(len(took) / elapsed, 1),
        "p50_ms": round(cuts[49] * 1000, 1),
        "p95_ms": round(cuts[94] * 1000, 1),
        "p99_ms": round(cuts[98] * 1000, 1),
        "cpu_ms": round(used / len(took) * 1000, 2),
    }


def spread(make: Callable[[int, int], Request], clients: int, each: int) -> list[list[Request]]:
    """Return ``each`` requests for every client, made by ``make(client, number)``."""
    return [[make(client, number) for number in range(each)] for client in range(clients)]
