import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { module } from "./page.mjs";

const { requestOf, curlOf } = await module("request.mjs");
const { OPTIONS, problem, numbers } = await module("options.mjs");
const { Conversation } = await module("conversation.mjs");

const nothing = { system: "", options: {} };
const turn = (question, text) => ({ question, answer: { text, state: "done" } });
const option = (name) => OPTIONS.find((each) => each.name === name);

test("the conversation is sent with its last question at the end", () => {
  const request = requestOf("m", { system: "Be brief.", options: { temperature: "0.5", seed: " 7 ", top_p: "" } }, [
    turn("a", "A"),
    turn("b", ""),
  ]);
  assert.deepEqual(request, {
    model: "m",
    messages: [
      { role: "system", content: "Be brief." },
      { role: "user", content: "a" },
      { role: "assistant", content: "A" },
      { role: "user", content: "b" },
    ],
    temperature: 0.5,
    seed: 7,
    stream: true,
    stream_options: { include_usage: true },
  });
});

test("questions that had no word of an answer are not sent again", () => {
  const { messages } = requestOf("m", nothing, [turn("a", ""), turn("b", "B"), turn("c", "")]);
  assert.deepEqual(messages.map((message) => message.content), ["b", "B", "c"]);
});

test("options have the ranges of the API", () => {
  for (const good of ["", " ", "0", "2", "1.5", ".5", "+1", "2."]) {
    assert.equal(problem(option("temperature"), good), "", good);
  }
  for (const bad of ["-0.1", "2.01", "warm", "1e3", "NaN", "Infinity", "0x1", "1,5", "--1"]) {
    assert.notEqual(problem(option("temperature"), bad), "", bad);
  }
  assert.equal(problem(option("top_p"), "1.1"), "Must be from 0 to 1.");
  assert.equal(problem(option("max_tokens"), "0"), "Must be at least 1.");
  assert.equal(problem(option("max_tokens"), "1.5"), "Must be a whole number.");
  assert.equal(problem(option("seed"), "-5"), "");
  assert.notEqual(problem(option("seed"), "99999999999999999999"), "");
  assert.deepEqual(numbers({ temperature: "0", seed: "x", max_tokens: "5" }), { temperature: 0, max_tokens: 5 });
});

test("the command passes exactly the request through a shell", () => {
  const request = { messages: [{ role: "user", content: "it's $HOME `id` \"x\" \\ \n ☃" }] };
  const command = curlOf("http://127.0.0.1:1/v1/chat/completions", request, true);
  assert.match(command, /authorization: Bearer \$TANDEM_API_KEY/);
  const told = execFileSync("sh", ["-c", `curl() { printf '%s\\0' "$@"; }; ${command}`], { env: { TANDEM_API_KEY: "k" } });
  const words = told.toString().split("\0");
  assert.deepEqual(JSON.parse(words[words.indexOf("-d") + 1]), request);
  assert.ok(words.includes("authorization: Bearer k"));
});

test("a page that was left in the middle of an answer has stopped it", () => {
  const kept = [{ question: "a", answer: { text: "A", state: "running" } }];
  const conversation = new Conversation({ read: () => kept, write() {} });
  assert.equal(conversation.last.answer.state, "stopped");
});

test("a new conversation gives the old one back", () => {
  const conversation = new Conversation({ read: (otherwise) => otherwise, write() {} });
  conversation.ask("a", "m");
  const before = conversation.replace([]);
  assert.equal(conversation.turns.length, 0);
  conversation.replace(before);
  assert.equal(conversation.last.question, "a");
});
