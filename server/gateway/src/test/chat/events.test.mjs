import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, module } from "./page.mjs";

const { events } = await module("events.mjs");

async function read(body) {
  const seen = [];
  for await (const data of events(body)) {
    seen.push(data);
  }
  return seen;
}

test("an event is a data line and an empty line", async () => {
  assert.deepEqual(await read(bodyOf('data: {"a":1}\n\ndata: [DONE]\n\n')), ['{"a":1}', "[DONE]"]);
});

test("comments, other fields and events without data say nothing", async () => {
  assert.deepEqual(await read(bodyOf(": ping\n\nid: 1\nevent: x\nretry: 5\n\n: ping\ndata: a\n\n")), ["a"]);
});

test("lines end with LF, CR or both, and several data lines are one text", async () => {
  assert.deepEqual(await read(bodyOf("data: a\r\n\r\ndata:b\rdata: c\r\rdata\n\n")), ["a", "b\nc", ""]);
});

test("wherever the bytes are cut, also within a character or a CRLF, the events are the same", async () => {
  const bytes = new TextEncoder().encode("data: x☃😀\r\n\r\n: ping\r\n\r\ndata: ü\r\n\r\n");
  for (let at = 1; at < bytes.length; at++) {
    assert.deepEqual(await read(bodyOf(bytes.slice(0, at), bytes.slice(at))), ["x☃😀", "ü"], `cut at ${at}`);
  }
  assert.deepEqual(await read(bodyOf(...Array.from(bytes, (byte) => Uint8Array.of(byte)))), ["x☃😀", "ü"]);
});

test("an event that was cut off is none", async () => {
  assert.deepEqual(await read(bodyOf("data: a\n\ndata: b")), ["a"]);
  assert.deepEqual(await read(bodyOf("data: a\n\ndata: b\n")), ["a"]);
});

test("who stops reading ends the request", async () => {
  let cancelled = false;
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new TextEncoder().encode("data: a\n\n")),
    cancel: () => (cancelled = true),
  });
  for await (const _ of events(endless)) {
    break;
  }
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(cancelled, true);
});
