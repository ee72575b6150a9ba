// The official OpenAI SDK for JavaScript, unmodified.

import assert from "node:assert/strict";
import OpenAI from "openai";
import {
  all, BASE_URL, CAPITAL, CONVERSATION, dot, EMBEDDING_MODEL, ENDLESS, KEY, MODEL, PARTS, refused, SOON, STRANGE, STREAMS_TO_LEAVE, TOO_LONG,
} from "./tandem-test.js";

const client = new OpenAI({ baseURL: BASE_URL, apiKey: KEY, maxRetries: 0 });
const GREEDY = { model: MODEL, temperature: 0, max_tokens: 12 };

function ask(settings, options) {
  return client.chat.completions.create({ messages: CAPITAL, ...GREEDY, ...settings }, options);
}

async function completes() {
  const answer = await ask();
  const [choice] = answer.choices;
  assert.match(answer.id, /^chatcmpl-/);
  assert.match(choice.message.content, /Paris/);
  assert.ok(["stop", "length"].includes(choice.finish_reason));
  assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
  return choice.message.content;
}

async function streams(expected) {
  const chunks = await all(await ask({ stream: true, stream_options: { include_usage: true } }));
  assert.equal(chunks.flatMap((chunk) => chunk.choices).map((choice) => choice.delta.content ?? "").join(""), expected);
  assert.ok(chunks.at(-1).usage.completion_tokens > 0);

  const helper = client.chat.completions.stream({ messages: CAPITAL, ...GREEDY });
  assert.equal((await helper.finalChatCompletion()).choices[0].message.content, expected);
}

async function holdsAConversation(expected) {
  assert.match((await ask({ messages: CONVERSATION })).choices[0].message.content, /Rome/);
  assert.equal((await ask({ messages: [{ role: "user", content: PARTS }] })).choices[0].message.content, expected);
  const several = await Promise.all([1, 2, 3, 4].map(() => ask()));
  several.forEach((answer) => assert.equal(answer.choices[0].message.content, expected));
}

async function obeysTheParameters() {
  const [stopped] = (await ask({ stop: "Paris" })).choices;
  assert.ok(!stopped.message.content.includes("Paris") && stopped.finish_reason === "stop");
  const short = await ask({ max_tokens: 2 });
  assert.ok(short.choices[0].finish_reason === "length" && short.usage.completion_tokens === 2);
  const several = await ask({ n: 2, seed: 7, temperature: 1 });
  assert.deepEqual(several.choices.map((choice) => choice.index), [0, 1]);
  const seeded = { temperature: 1.5, seed: 42 };
  assert.deepEqual((await ask(seeded)).choices, (await ask(seeded)).choices);
  // what the SDK does not know it passes on
  assert.match((await ask({ temperature: 1.5, top_k: 1 })).choices[0].message.content, /Paris/);
}

async function tellsLogprobs() {
  const [choice] = (await ask({ logprobs: true, top_logprobs: 3 })).choices;
  const tokens = choice.logprobs.content;
  assert.ok(tokens.every((token) => token.logprob <= 0 && token.top_logprobs.length === 3));
  assert.equal(Buffer.from(tokens.flatMap((token) => token.bytes)).toString(), choice.message.content);
}

async function listsModels() {
  const models = await all(client.models.list());
  const one = await client.models.retrieve(MODEL);
  assert.ok(models.some((model) => model.id === one.id));
  assert.equal((await refused(() => client.models.retrieve("nobody"), OpenAI.NotFoundError)).code, "model_not_found");
}

async function refusesWhatIsWrong() {
  async function refuses(type, code, param, wrong) {
    const e = await refused(() => ask(wrong), type);
    assert.deepEqual([e.code, e.param], [code, param]);
    assert.ok(e.requestID && e.error.message);
  }
  const form = { type: "json_schema", json_schema: { name: "weather", schema: STRANGE } };
  const tool = { type: "function", function: { name: "weather", parameters: STRANGE } };
  await refuses(OpenAI.NotFoundError, "model_not_found", "model", { model: "nobody" });
  await refuses(OpenAI.NotFoundError, "model_not_found", "model", { model: "nobody", stream: true });
  await refuses(OpenAI.UnprocessableEntityError, "validation_failed", "temperature", { temperature: 3 });
  await refuses(OpenAI.UnprocessableEntityError, "validation_failed", "messages", { messages: [] });
  await refuses(OpenAI.BadRequestError, "context_length_exceeded", "messages", { messages: TOO_LONG });
  await refuses(OpenAI.BadRequestError, "unsupported_value", "temprature", { temprature: 1 });
  await refuses(OpenAI.BadRequestError, "unsupported_value", "tools[0].function.parameters#/properties/city/not", { tools: [tool] });
  await refuses(OpenAI.BadRequestError, "unsupported_value", "response_format.json_schema.schema#/properties/city/not", { response_format: form });
}

async function leavesStreamsAndGivesUpInTime() {
  const endless = { max_tokens: undefined, logit_bias: ENDLESS };
  for (let i = 0; i < STREAMS_TO_LEAVE; i++) {
    for await (const chunk of await ask({ stream: true, ...endless })) {
      if (chunk.choices[0]?.delta.content) {
        break; // the SDK aborts the request
      }
    }
  }
  assert.ok(await ask({}, { timeout: SOON }));

  const abort = new AbortController();
  const aborted = await ask({ stream: true, ...endless }, { signal: abort.signal });
  await aborted[Symbol.asyncIterator]().next();
  abort.abort();
  assert.ok(await ask({}, { timeout: SOON }));

  await refused(() => ask(endless, { timeout: 300 }), OpenAI.APIConnectionTimeoutError);
  const late = await refused(() => ask(endless, { headers: { "x-request-timeout": "0.3" } }), OpenAI.InternalServerError);
  assert.deepEqual([late.status, late.code], [504, "deadline_exceeded"]);
  assert.ok(await ask({}, { timeout: SOON }));
}

async function completesAText() {
  const request = { prompt: "The capital of France is", ...GREEDY };
  const answer = await client.completions.create(request);
  assert.match(answer.choices[0].text, /Paris/);
  const chunks = await all(await client.completions.create({ stream: true, ...request }));
  assert.equal(chunks.flatMap((chunk) => chunk.choices).map((choice) => choice.text).join(""), answer.choices[0].text);
}

async function embeds() {
  // the SDK asks for base64 by itself unless a format is named
  const answer = await client.embeddings.create({ model: EMBEDDING_MODEL, input: ["a cat", "a kitten", "a tax return"] });
  const [cat, kitten, tax] = answer.data.map((item) => item.embedding);
  assert.equal(cat.length, 384);
  assert.ok(dot(cat, kitten) > dot(cat, tax));
  const floats = await client.embeddings.create({ model: EMBEDDING_MODEL, input: "a cat", encoding_format: "float" });
  assert.ok(Math.abs(dot(floats.data[0].embedding, cat) - 1) < 1e-3);
}

const expected = await completes();
await streams(expected);
await holdsAConversation(expected);
await obeysTheParameters();
await tellsLogprobs();
await listsModels();
await refusesWhatIsWrong();
await leavesStreamsAndGivesUpInTime();
await completesAText();
await embeds();
console.log("openai is content");
