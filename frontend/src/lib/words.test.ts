import assert from "node:assert/strict";
import { test } from "node:test";
import { isShortcut } from "./keys.ts";
import { fill, labels } from "./labels.ts";

const press = { key: "n", ctrlKey: false, metaKey: false, altKey: false, isComposing: false };

test("values are put into sentences, unknown names stay", () => {
  assert.equal(fill("{count} 件，共 {total} 件{x}", { count: 3, total: 9 }), "3 件，共 9 件{x}");
});

test("labels come from data attributes, a missing one is empty", () => {
  const element = { dataset: { labelZoomIn: "放大" } } as unknown as HTMLElement;
  assert.deepEqual(labels(element, ["zoomIn", "zoomOut"]), { zoomIn: "放大", zoomOut: "" });
});

test("shortcuts are silent while someone types or an input method composes", () => {
  assert.equal(isShortcut(press, false), true);
  assert.equal(isShortcut(press, true), false);
  assert.equal(isShortcut({ ...press, isComposing: true }, false), false);
  assert.equal(isShortcut({ ...press, key: "Process" }, false), false);
  assert.equal(isShortcut({ ...press, ctrlKey: true }, false), false);
  assert.equal(isShortcut({ ...press, key: "Enter" }, false), false);
});
