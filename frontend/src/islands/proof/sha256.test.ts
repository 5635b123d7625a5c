import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { sha256 } from "./sha256.ts";

const hex = (text: string): string =>
  sha256(text)
    .map((word) => word.toString(16).padStart(8, "0"))
    .join("");

test("it is SHA-256", () => {
  for (const text of ["", "abc", "楼道漏水", "x".repeat(55), "x".repeat(56), "y".repeat(200)]) {
    assert.equal(hex(text), createHash("sha256").update(text).digest("hex"));
  }
});
