import assert from "node:assert/strict";
import { test } from "node:test";
import { readUnsent, understand } from "./record.ts";

test("only what was kept is read back", () => {
  assert.deepEqual(readUnsent('{"version":3,"text":"甲方陈述"}'), { version: 3, text: "甲方陈述" });
  for (const wrong of [null, "", "{", "[]", '{"version":"3","text":"x"}']) {
    assert.equal(readUnsent(wrong), null);
  }
});

test("a save, somebody else's text, a refusal and no answer are told apart", () => {
  assert.deepEqual(understand(200, { version: 4 }), { kind: "saved", version: 4 });
  assert.equal(understand(409, { version: 4, text: "别人写的", reason: "r" }).kind, "overtaken");
  assert.deepEqual(understand(409, { reason: "closed" }), { kind: "refused", reason: "closed" });
  assert.equal(understand(200, null).kind, "away");
  assert.equal(understand(503, { reason: "later" }).kind, "away");
});
