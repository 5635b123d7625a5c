/** Places of the map as the server sends them. */
export interface Place {
  name: string;
  address: string;
  /** what it is, in the reader's language */
  label: string;
  longitude: number;
  latitude: number;
}

function isPlace(row: unknown): row is Place {
  const place = row as Partial<Place> | null;
  return (
    typeof place?.name === "string" &&
    typeof place.address === "string" &&
    typeof place.label === "string" &&
    Number.isFinite(place.longitude) &&
    Number.isFinite(place.latitude)
  );
}

/** Read `{"places": [...]}`; anything else is an error. */
export function readPlaces(answer: unknown): Place[] {
  const rows = (answer as { places?: unknown } | null)?.places;
  if (!Array.isArray(rows)) throw new TypeError("the answer has no list of places");
  return rows.filter(isPlace);
}

/** What stands beside a place's name: what it is, and its address where the name does not say it. */
export function besides({ name, address, label }: Place): string {
  return address && !name.includes(address) ? `${label} · ${address}` : label;
}
