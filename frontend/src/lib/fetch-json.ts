/** Get JSON from our own server; anything but a good answer is an error. */
export async function fetchJson(address: string, signal?: AbortSignal): Promise<unknown> {
  const response = await fetch(address, {
    headers: { Accept: "application/json" },
    credentials: "same-origin",
    ...(signal ? { signal } : {}),
  });
  // A session that ended answers with the sign-in page and status 200.
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  if (!response.ok || !isJson) throw new Error(`${response.status} ${address}`);
  return response.json();
}
