import type { Map as LibreMap } from "maplibre-gl";
import { LIGHTS, type Light } from "../points.ts";
import { colours } from "./base.ts";

const SIZE = 24;
const SCALE = 2;

type Draw = (pen: CanvasRenderingContext2D) => void;

/** Each light has its own outline, so that colour is not the only sign. */
const OUTLINES: Record<Light, Draw> = {
  red: (pen) => pen.roundRect(3, 3, 18, 18, 2),
  yellow: (pen) => {
    pen.moveTo(12, 1.5);
    pen.lineTo(22.5, 12);
    pen.lineTo(12, 22.5);
    pen.lineTo(1.5, 12);
    pen.closePath();
  },
  blue: (pen) => pen.arc(12, 12, 9.5, 0, Math.PI * 2),
  green: (pen) => {
    pen.moveTo(12, 2);
    pen.lineTo(22, 8);
    pen.lineTo(18.5, 21);
    pen.lineTo(5.5, 21);
    pen.lineTo(2, 8);
    pen.closePath();
  },
};

function drawMark(light: Light, letter: string): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE * SCALE;
  const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
  const colour = colours();
  pen.scale(SCALE, SCALE);
  pen.beginPath();
  OUTLINES[light](pen);
  pen.fillStyle = colour[light];
  pen.fill();
  pen.lineWidth = 1.5;
  pen.strokeStyle = colour.page;
  pen.stroke();
  pen.fillStyle = light === "yellow" ? "#1b1400" : "#fff";
  pen.font = `700 12px ${getComputedStyle(document.body).fontFamily}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(letter, 12, 12.5);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** Draw the mark of a light when the style asks for it, again after each change of theme. */
export function supplyMarks(map: LibreMap, letters: Record<Light, string>): void {
  map.setMissingStyleImageResolver((id) => {
    const light = LIGHTS.find((name) => id === `light-${name}`);
    if (light) map.addImage(id, drawMark(light, letters[light]), { pixelRatio: SCALE });
  });
}
