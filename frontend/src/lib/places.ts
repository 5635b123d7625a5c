/** Places of the map as the server sends them. */
export interface Place {
  name: string;
  address: string;
  /** what it is, in the reader's language */
  label: string;
  /** the nearest settlement, where one is near */
  town: string;
  longitude: number;
  latitude: number;
}

function isPlace(row: unknown): row is Place {
  const place = row as Partial<Place> | null;
  return (
    typeof place?.name === "string" &&
    typeof place.address === "string" &&
    typeof place.label === "string" &&
    typeof place.town === "string" &&
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

/** What a place is called: a house has only its address. */
export function nameOf({ name, address }: Place): string {
  return name || address;
}

/** What stands beside a place's name: where it is, what it is, its address if the name lacks it. */
export function besides({ name, address, label, town }: Place): string {
  const known = name && !name.includes(address) ? address : "";
  return [town, label, known].filter(Boolean).join(" · ");
}
