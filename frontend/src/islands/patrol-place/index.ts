/** Fill in where the phone is while somebody writes a report; without it the place stands in words. */
export function mount(element: HTMLElement): void {
  if (!("geolocation" in navigator)) return;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const at = { longitude: coords.longitude, latitude: coords.latitude };
      for (const [name, value] of Object.entries(at)) {
        const field = element.querySelector<HTMLInputElement>(`[name=${name}]`);
        if (field) field.value = value.toFixed(6);
      }
    },
    () => {},
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
  );
}
