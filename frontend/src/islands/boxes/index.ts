import { type Box, boxBetween, isBox } from "../../lib/boxes.ts";

const SVG = "http://www.w3.org/2000/svg";

/** Draw boxes over a picture with the pointer; the form's hidden field holds them as JSON. */
export function mount(element: HTMLElement): void {
  const sheet = element.querySelector("svg");
  const field = document.querySelector<HTMLInputElement>("[data-boxes-field]");
  const back = document.querySelector<HTMLButtonElement>("[data-boxes-back]");
  if (!sheet || !field) return;
  const boxes: Box[] = field.value ? (JSON.parse(field.value) as Box[]) : [];
  let from: [number, number] | null = null;

  const place = (event: PointerEvent): [number, number] => {
    const frame = sheet.getBoundingClientRect();
    return [(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height];
  };
  const draw = (drawing?: Box): void => {
    const shown = drawing ? [...boxes, drawing] : boxes;
    sheet.replaceChildren(
      ...shown.map(([left, top, width, height]) => {
        const shape = document.createElementNS(SVG, "rect");
        for (const [name, value] of Object.entries({ x: left, y: top, width, height })) {
          shape.setAttribute(name, String(value));
        }
        return shape;
      }),
    );
    field.value = JSON.stringify(boxes);
    if (back) back.hidden = boxes.length === 0;
  };
  sheet.addEventListener("pointerdown", (event) => {
    sheet.setPointerCapture(event.pointerId);
    from = place(event);
  });
  sheet.addEventListener("pointermove", (event) => {
    if (from) draw(boxBetween(from, place(event)));
  });
  sheet.addEventListener("pointerup", (event) => {
    const box = from && boxBetween(from, place(event));
    from = null;
    if (box && isBox(box)) boxes.push(box);
    draw();
  });
  back?.addEventListener("click", () => {
    boxes.pop();
    draw();
  });
  draw();
}
