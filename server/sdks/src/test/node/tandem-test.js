// What the scripts share. Each is called with the server's base URL (http://127.0.0.1:8080/v1), fails at the first thing that is not as
// the SDK's users expect, and ends with one line.

import assert from "node:assert/strict";

export const BASE_URL = process.argv[2];
export const KEY = "none";
export const MODEL = "default";
export const EMBEDDING_MODEL = "all-MiniLM-L6-v2";

export const QUESTION = "Name the capital of France.";
export const CAPITAL = [{ role: "user", content: QUESTION }];
export const CONVERSATION = [
  { role: "system", content: "You know geography." },
  { role: "user", content: QUESTION },
  { role: "assistant", content: "The capital of France is Paris." },
  { role: "user", content: "And of Italy?" },
];
export const PARTS = ["Name the capital ", "of France."].map((text) => ({ type: "text", text }));
export const TOO_LONG = [{ role: "user", content: "word ".repeat(20000) }];

// a schema that no grammar holds a model to
export const STRANGE = { type: "object", properties: { city: { not: { type: "null" } } }, required: ["city"], additionalProperties: false };

// the model never ends by itself: its token for the end cannot be chosen
export const ENDLESS = { 2: -100 };
// one more stream than the server has slots: were one of them not freed, the next call would wait for half a minute
export const STREAMS_TO_LEAVE = 3;
export const SOON = 15_000;

/** Waits for the call's failure and returns it; where a type is given, it must be of it. */
export async function refused(call, type = Error) {
  try {
    await call();
  } catch (e) {
    assert.ok(e instanceof type, `${e?.constructor?.name}: ${e}`);
    return e;
  }
  return assert.fail("not refused");
}

/** All that an iterable gives. */
export async function all(iterable) {
  const items = [];
  for await (const item of iterable) {
    items.push(item);
  }
  return items;
}

export function dot(a, b) {
  return a.reduce((sum, x, i) => sum + x * b[i], 0);
}
