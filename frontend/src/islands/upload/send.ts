interface HtmxRequest {
  method: string;
  headers: Record<string, string>;
  body: XMLHttpRequestBodyInit | null;
  signal: AbortSignal;
}

function answerOf(request: XMLHttpRequest, address: string): Response {
  const headers = new Headers();
  for (const line of request.getAllResponseHeaders().trim().split(/\r?\n/)) {
    const at = line.indexOf(":");
    if (at > 0) headers.append(line.slice(0, at), line.slice(at + 1).trim());
  }
  const hasBody = request.status !== 204 && request.status !== 304;
  const response = new Response(hasBody ? request.responseText : null, {
    status: request.status,
    headers,
  });
  const redirected = new URL(request.responseURL).pathname !== new URL(address, location.href).pathname;
  Object.defineProperties(response, {
    url: { value: request.responseURL },
    redirected: { value: redirected },
  });
  return response;
}

/** Like fetch for htmx, but it tells how much has gone out: fetch itself cannot. */
export function sendWithProgress(onProgress: (share: number) => void) {
  return (address: string, { method, headers, body, signal }: HtmxRequest): Promise<Response> =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(method, address);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) onProgress(event.loaded / event.total);
      });
      request.addEventListener("load", () => resolve(answerOf(request, address)));
      request.addEventListener("error", () => reject(new TypeError("network")));
      request.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      signal.addEventListener("abort", () => request.abort());
      request.send(body);
    });
}
