import assert from "node:assert/strict";
import { test } from "node:test";
import { draftKey, isFresh, readDraft, writeDraft } from "./draft.ts";

const DAY = 24 * 3600 * 1000;

test("a draft comes back as it was written", () => {
  const values = { title: ["院墙"], kind: ["dispute", "request"] };
  assert.deepEqual(readDraft(writeDraft(values, 5)), { at: 5, values });
});

test("what is not a draft is none", () => {
  for (const text of [null, "", "{", "[]", "null", '{"at":"x","values":{}}', '{"at":1}', '{"at":1,"values":null}']) {
    assert.equal(readDraft(text), null, String(text));
  }
});

test("a draft lives a week", () => {
  assert.equal(isFresh({ at: 0, values: {} }, 6 * DAY), true);
  assert.equal(isFresh({ at: 0, values: {} }, 8 * DAY), false);
  assert.equal(isFresh(null, 0), false);
});

test("two people, two pages, two forms: three drafts", () => {
  const all = [draftKey("a", "/x", "1"), draftKey("a", "/x", "2"), draftKey("a", "/y", "1"), draftKey("b", "/x", "1")];
  assert.equal(new Set(all).size, 4);
});
