import assert from "node:assert/strict";
import { test } from "node:test";
import { faultOf, kindsText, sizeText } from "./files.ts";

const rules = { maxBytes: 1000, types: ["image/*", ".pdf"] };

test("a good file has no fault", () => {
  assert.equal(faultOf({ name: "a.jpg", size: 10, type: "image/jpeg" }, rules), null);
  assert.equal(faultOf({ name: "A.PDF", size: 1000, type: "" }, rules), null);
});

test("too big, of a wrong kind, and empty files are named", () => {
  assert.equal(faultOf({ name: "a.jpg", size: 1001, type: "image/jpeg" }, rules), "tooBig");
  assert.equal(faultOf({ name: "a.exe", size: 10, type: "application/x" }, rules), "wrongType");
  assert.equal(faultOf({ name: "a.jpg", size: 0, type: "image/jpeg" }, rules), "empty");
});

test("no rule, no fault", () => {
  assert.equal(faultOf({ name: "a", size: 9e9, type: "" }, { maxBytes: 0, types: [] }), null);
});

test("kinds are named as people name them", () => {
  const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  assert.equal(kindsText(["image/*", ".pdf", "application/pdf", word], "照片"), "照片, PDF, Word");
  assert.equal(kindsText(["image/jpeg", "image/png"], ""), "JPEG, PNG");
});

test("sizes are written for people", () => {
  assert.equal(sizeText(10), "10 B");
  assert.equal(sizeText(2048), "2 KB");
  assert.equal(sizeText(10 * 1024 * 1024), "10 MB");
  assert.equal(sizeText(1.5 * 1024 * 1024), "1.5 MB");
});
