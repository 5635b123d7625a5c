/** A place as the field keeps it: what it is (may be empty), and degrees as text (empty: not marked). */
export interface Spot {
  what: string;
  lng: string;
  lat: string;
}

function isNumber(text: string | undefined): text is string {
  return text !== undefined && text !== "" && Number.isFinite(Number(text));
}

/** Read "what it is, longitude, latitude"; degrees that are none stay with the words. */
export function readSpot(line: string): Spot {
  const parts = line.split(/[,，]/).map((part) => part.trim());
  const [lng, lat] = parts.slice(-2);
  if (parts.length < 2 || !isNumber(lng) || !isNumber(lat)) {
    return { what: line.trim(), lng: "", lat: "" };
  }
  return { what: parts.slice(0, -2).join(","), lng, lat };
}

/** Write a place as a line; one that is not marked is left out, unless something was said of it. */
export function writeSpot({ what, lng, lat }: Spot): string {
  const said = what.replace(/[,，\n]+/g, " ").trim();
  return [said, lng, lat].filter(Boolean).join(", ");
}
