import assert from "node:assert/strict";
import { test } from "node:test";
import { type Alarm, type AlarmEvent, type State, Store } from "./store.ts";

function event(number: number, more: Partial<AlarmEvent> = {}): AlarmEvent {
  return {
    id: `a${number}`, verb: "raise", number, count: 1, kind: "one_key", area: "620302003", test: false,
    light: "red", ...more,
  };
}

function row(number: number, more: Partial<Alarm> = {}): Alarm {
  return {
    id: `a${number}`, number, kind: "one_key", light: "red", state: "ringing", test: false, late: false, count: 1,
    place: "学校", area: "620302003", areaName: "北京路街道", point: [102, 38], at: 0, incident: null, ...more,
  };
}

const numbers = (store: Store): number[] => store.queue.map((alarm) => alarm.number);

test("alarms that come at once stand in the order of their numbers, whatever order they are heard in", () => {
  const store = new Store();
  for (const number of [3, 1, 2]) assert.equal(store.hear(event(number)), true);
  assert.deepEqual(numbers(store), [1, 2, 3]);
});

test("a test never stands before a real alarm, an answered one never before one that waits", () => {
  const store = new Store();
  store.hear(event(1, { test: true }));
  store.hear(event(2));
  store.hear(event(3));
  store.hear(event(2, { verb: "answer", state: "answered" }));
  assert.deepEqual(numbers(store), [3, 1, 2]);
});

test("what a device sends again counts and rings no new bell", () => {
  const store = new Store();
  store.hear(event(1));
  assert.equal(store.hear(event(1, { verb: "repeat", count: 7 })), false);
  assert.equal(store.queue[0]?.count, 7);
  // Events of two transactions may come in another order.
  store.hear(event(1, { verb: "repeat", count: 5 }));
  assert.equal(store.queue[0]?.count, 7);
});

test("a late answer does not bring a reset alarm back", () => {
  const store = new Store();
  store.hear(event(1));
  store.hear(event(1, { verb: "reset", state: "reset" }));
  store.complete(["a1"], [row(1)]);
  assert.equal(store.hear(event(1, { verb: "repeat" })), false);
  assert.deepEqual(numbers(store), []);
});

test("what an event did not tell is asked, and what is no longer open disappears", () => {
  const store = new Store();
  store.hear(event(1));
  store.hear(event(2));
  assert.deepEqual(store.bare, ["a1", "a2"]);
  store.complete(["a1", "a2"], [row(1)]);
  assert.deepEqual(store.bare, []);
  assert.equal(store.queue[0]?.place, "学校");
  assert.deepEqual(numbers(store), [1]);
});

test("an alarm that rings again is heard, one that was loaded is not new", () => {
  const store = new Store();
  store.load({ now: 0, alarms: [row(1, { state: "answered" })], incidents: [], units: [], words: {} });
  assert.equal(store.hear(event(1)), false);
  assert.equal(store.hear(event(1, { verb: "ring_again" })), true);
  assert.equal(store.queue[0]?.state, "ringing");
});

/** An answer that was written before the events that are heard while it is on its way. */
async function late<Answer>(store: Store, answer: Answer, ...events: AlarmEvent[]): Promise<[Answer, AlarmEvent[]]> {
  const asked = store.during(Promise.resolve(answer));
  for (const one of events) store.hear(one);
  return asked;
}

test("what is heard while the state is on its way is not lost by it", async () => {
  const store = new Store();
  store.hear(event(1));
  store.hear(event(2));
  const old = (): State => ({ now: 0, alarms: [row(1), row(2)], incidents: [], units: [], words: {} });
  const again = event(1, { verb: "repeat", count: 2 });
  store.load(...(await late(store, old(), again, event(2, { verb: "reset", state: "reset" }), event(3))));
  assert.deepEqual(store.queue.map(({ number, count }) => [number, count]), [[1, 2], [3, 1]]);
  assert.deepEqual(store.bare, ["a3"]);
  // What was heard before is in it: a second answer is taken as it is.
  store.load(...(await late(store, old())));
  assert.deepEqual(store.queue.map(({ number, count }) => [number, count]), [[1, 1], [2, 1]]);
});

test("an answer about single alarms sets none of them back", async () => {
  const store = new Store();
  store.hear(event(1));
  const answered = event(1, { verb: "answer", state: "answered" });
  const [rows, heard] = await late(store, [row(1)], answered);
  store.complete(["a1"], rows, heard);
  assert.deepEqual([store.queue[0]?.state, store.queue[0]?.place], ["answered", "学校"]);
});

test("an answer that fails leaves nothing behind", async () => {
  const store = new Store();
  await assert.rejects(store.during(Promise.reject(new Error("cut"))));
  assert.equal(store.hear(event(1)), true);
});
