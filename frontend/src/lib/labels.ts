/** Read the translated words a template put on an element: data-label-no-cases gives `noCases`. */
export function labels<Name extends string>(
  element: HTMLElement,
  names: readonly Name[],
): Record<Name, string> {
  const read = (name: Name): [Name, string] => {
    const key = `label${name[0]?.toUpperCase() ?? ""}${name.slice(1)}`;
    return [name, element.dataset[key] ?? ""];
  };
  return Object.fromEntries(names.map(read)) as Record<Name, string>;
}

/** Put values into a translated sentence: fill("{count} cases", {count: 3}). */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}
