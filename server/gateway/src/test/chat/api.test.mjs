import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { bodyOf, module } from "./page.mjs";

const { chat, models } = await module("api.mjs");
const { fill } = await module("answer.mjs");
const { Conversation } = await module("conversation.mjs");

const original = globalThis.fetch;
let asked;

afterEach(() => (globalThis.fetch = original));

/** The server of the next request. */
function answers(body, init = {}) {
  globalThis.fetch = async (path, request) => {
    asked = { path, ...request };
    return new Response(body, init);
  };
}

const refusal = (status, error, headers = {}) => answers(JSON.stringify({ error }), { status, headers });

async function chunks(signal = new AbortController().signal) {
  const seen = [];
  for await (const chunk of chat({ model: "m" }, "", signal)) {
    seen.push(chunk);
  }
  return seen;
}

test("a stream is its chunks up to [DONE]", async () => {
  answers(bodyOf('data: {"id":1}\n\n: ping\n\ndata: {"id":2}\n\ndata: [DONE]\n\n'));
  assert.deepEqual(await chunks(), [{ id: 1 }, { id: 2 }]);
  assert.equal(asked.credentials, "same-origin");
  assert.equal(asked.headers.authorization, undefined);
  assert.equal(asked.path, "http://127.0.0.1:8080/below/v1/chat/completions");
});

test("a key of the page goes in place of what the browser has", async () => {
  answers('{"data":[{"id":"a","capabilities":["chat"]},{"id":"b","capabilities":["embedding"]}]}');
  assert.deepEqual((await models("tdm_x")).map((model) => model.id), ["a"]);
  assert.equal(asked.headers.authorization, "Bearer tdm_x");
  assert.equal(asked.credentials, "omit");
});

test("a key that no header may have is told as such, and not sent", async () => {
  asked = null;
  answers("{}");
  await assert.rejects(models("tdm_x\u200b"), { kind: "unusable", asksForKey: true });
  assert.equal(asked, null);
});

test("a list of models by somebody else is told as such", async () => {
  for (const body of ["<html>Log in</html>", "{}", '{"data":[{}]}']) {
    answers(body);
    await assert.rejects(models(""), { status: 200, message: "The answer was HTTP 200, and none of this server's." });
  }
});

test("an error in the middle is the failure that it tells", async () => {
  answers(bodyOf('data: {"id":1}\n\ndata: {"error":{"message":"Too late.","code":"deadline_exceeded","request_id":"req_1"}}\n\n'));
  await assert.rejects(chunks(), { kind: "refused", message: "Too late.", code: "deadline_exceeded", requestId: "req_1" });
});

test("a stream without its end broke off", async () => {
  answers(bodyOf('data: {"id":1}\n\n'));
  await assert.rejects(chunks(), { kind: "cut" });
});

test("a connection that breaks after the last word has lost nothing", async () => {
  let sent = false;
  const body = new ReadableStream({
    pull(controller) {
      if (sent) {
        controller.error(new TypeError("network error"));
      } else {
        sent = true;
        controller.enqueue(new TextEncoder().encode('data: {"id":1}\n\ndata: [DONE]\n\n'));
      }
    },
  });
  answers(body);
  assert.deepEqual(await chunks(), [{ id: 1 }]);
});

test("a refusal has its status, its broken rules and its patience", async () => {
  const details = [{ field: "temperature", rule: "double.gte_lte", message: "Must be from 0 to 2." }];
  refusal(422, { message: "temperature: …", code: "validation_failed", details, request_id: "req_2" });
  await assert.rejects(chunks(), { status: 422, code: "validation_failed", details, requestId: "req_2", retryAfter: null });
  refusal(503, { message: "Busy.", code: "overloaded", retry_after: 7 }, { "retry-after": "9" });
  await assert.rejects(chunks(), { status: 503, retryAfter: 7 });
  refusal(429, { message: "Later." }, { "retry-after": "9" });
  await assert.rejects(chunks(), { status: 429, retryAfter: 9, message: "Later." });
});

test("a refusal by somebody else is told as such", async () => {
  answers("<html>Bad Gateway</html>", { status: 502 });
  await assert.rejects(chunks(), { status: 502, message: "The answer was HTTP 502, and none of this server's." });
});

test("a server that cannot be reached is lost", async () => {
  globalThis.fetch = async () => {
    throw new TypeError("Failed to fetch");
  };
  await assert.rejects(chunks(), { kind: "lost" });
});

test("an answer is filled as it comes", async () => {
  const delta = (value, finish = null) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: value, finish_reason: finish }] })}\n\n`;
  answers(
    bodyOf(
      delta({ role: "assistant" }),
      delta({ reasoning_content: "Hm." }),
      delta({ content: "Hel" }),
      delta({ content: "lo" }),
      delta({}, "length"),
      'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}\n\ndata: [DONE]\n\n',
    ),
  );
  const { answer } = new Conversation({ read: (otherwise) => otherwise, write() {} }).ask("Hi", "m");
  let changes = 0;
  assert.equal(await fill(answer, {}, "", new AbortController().signal, () => changes++), null);
  assert.equal(answer.text, "Hello");
  assert.equal(answer.thoughts, "Hm.");
  assert.equal(answer.finish, "length");
  assert.equal(answer.state, "done");
  assert.equal(answer.usage.completion_tokens, 2);
  assert.equal(changes, 6);
});
