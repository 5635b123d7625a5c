import assert from "node:assert/strict";
import { test } from "node:test";
import { waits } from "./waits.ts";

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

test("many calls in a row become one", async () => {
  let calls = 0;
  const later = waits(async () => void (calls += 1), 10);
  for (let i = 0; i < 5; i += 1) later();
  await pause(40);
  assert.equal(calls, 1);
});

test("a call during a slow one comes after it, not beside it", async () => {
  let running = 0;
  let most = 0;
  let calls = 0;
  const later = waits(async () => {
    calls += 1;
    running += 1;
    most = Math.max(most, running);
    await pause(40);
    running -= 1;
  }, 5);
  later();
  await pause(15);
  later();
  await pause(120);
  assert.equal(most, 1);
  assert.equal(calls, 2);
});
