// The Vercel AI SDK, unmodified: the chat models of its OpenAI provider, and its provider for servers that speak the OpenAI API.

import assert from "node:assert/strict";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { APICallError, embedMany, generateText, jsonSchema, streamText, tool } from "ai";
import { all, BASE_URL, CONVERSATION, dot, EMBEDDING_MODEL, ENDLESS, KEY, MODEL, PARTS, QUESTION, refused, SOON, STRANGE, STREAMS_TO_LEAVE } from "./tandem-test.js";

const openai = createOpenAI({ baseURL: BASE_URL, apiKey: KEY });
const tandem = createOpenAICompatible({ name: "tandem", baseURL: BASE_URL, apiKey: KEY, includeUsage: true });
const GREEDY = { temperature: 0, maxOutputTokens: 12, maxRetries: 0 };
// the provider for OpenAI names the parameters itself; the other passes on what it does not know
const ENDLESS_OPTIONS = { openai: { logitBias: ENDLESS }, tandem: { logit_bias: ENDLESS } };

async function generates(model) {
  const answer = await generateText({ model, prompt: QUESTION, ...GREEDY });
  assert.match(answer.text, /Paris/);
  assert.ok(["stop", "length"].includes(answer.finishReason));
  assert.ok(answer.usage.inputTokens > 0 && answer.usage.totalTokens === answer.usage.inputTokens + answer.usage.outputTokens);
  return answer.text;
}

async function streams(model, expected) {
  const result = streamText({ model, prompt: QUESTION, ...GREEDY });
  assert.equal((await all(result.textStream)).join(""), expected);
  assert.ok((await result.usage).outputTokens > 0);
  assert.ok(["stop", "length"].includes(await result.finishReason));
}

async function holdsAConversation(model, expected) {
  const [system, ...messages] = CONVERSATION;
  assert.match((await generateText({ model, system: system.content, messages, ...GREEDY })).text, /Rome/);
  assert.equal((await generateText({ model, messages: [{ role: "user", content: PARTS }], ...GREEDY })).text, expected);
}

async function obeysTheParameters(model) {
  const stopped = await generateText({ model, prompt: QUESTION, stopSequences: ["Paris"], ...GREEDY });
  assert.ok(!stopped.text.includes("Paris") && stopped.finishReason === "stop");
  assert.equal((await generateText({ model, prompt: QUESTION, ...GREEDY, maxOutputTokens: 2 })).usage.outputTokens, 2);
  const seeded = { model, prompt: QUESTION, ...GREEDY, temperature: 1.5, seed: 42 };
  assert.equal((await generateText(seeded)).text, (await generateText(seeded)).text);
}

async function refusesWhatIsWrong(provider) {
  async function refuses(status, code, wrong) {
    const e = await refused(() => generateText({ model: provider(MODEL), prompt: QUESTION, ...GREEDY, ...wrong }), APICallError);
    const { error } = JSON.parse(e.responseBody);
    assert.deepEqual([e.statusCode, error.code, e.message], [status, code, error.message]);
    assert.equal(e.isRetryable, false);
  }
  const weather = tool({ description: "Tells the weather.", inputSchema: jsonSchema(STRANGE), execute: () => "rain" });
  await refuses(404, "model_not_found", { model: provider("nobody") });
  await refuses(422, "validation_failed", { temperature: 3 });
  await refuses(400, "unsupported_value", { tools: { weather } });

  const errors = [];
  const stream = streamText({ model: provider("nobody"), prompt: QUESTION, ...GREEDY, onError: ({ error }) => errors.push(error) });
  assert.deepEqual(await all(stream.textStream), []);
  assert.ok(errors.length === 1 && APICallError.isInstance(errors[0]) && errors[0].statusCode === 404);
}

async function leavesStreamsAndGivesUpInTime(model) {
  const endless = { model, prompt: QUESTION, maxRetries: 0, temperature: 0, providerOptions: ENDLESS_OPTIONS };
  for (let i = 0; i < STREAMS_TO_LEAVE; i++) {
    const abort = new AbortController();
    for await (const part of streamText({ abortSignal: abort.signal, ...endless }).fullStream) {
      if (part.type === "text-delta") {
        abort.abort();
      }
    }
  }
  const soon = () => generateText({ model, prompt: QUESTION, ...GREEDY, abortSignal: AbortSignal.timeout(SOON) });
  assert.ok(await soon());
  assert.equal((await refused(() => generateText({ abortSignal: AbortSignal.timeout(300), ...endless }))).name, "TimeoutError");
  assert.ok(await soon());
}

/** Each provider names what else it knows in its own way. */
async function passesOnItsOptions() {
  const free = { prompt: QUESTION, ...GREEDY, temperature: 1.5 };
  const narrow = await generateText({ model: tandem(MODEL), ...free, providerOptions: { tandem: { top_k: 1 } } });
  assert.match(narrow.text, /Paris/);
  const told = await generateText({ model: openai.chat(MODEL), prompt: QUESTION, ...GREEDY, providerOptions: { openai: { logprobs: 2 } } });
  const { logprobs } = told.providerMetadata.openai;
  assert.ok(logprobs.length > 0 && logprobs.every((token) => token.top_logprobs.length === 2));
}

async function completesAText(model) {
  assert.match((await generateText({ model, prompt: "The capital of France is", ...GREEDY })).text, /\w/);
}

async function embeds(model) {
  const { embeddings, usage } = await embedMany({ model, values: ["a cat", "a kitten", "a tax return"], maxRetries: 0 });
  assert.equal(embeddings[0].length, 384);
  assert.ok(usage.tokens > 0 && dot(embeddings[0], embeddings[1]) > dot(embeddings[0], embeddings[2]));
}

for (const provider of [openai.chat, tandem]) {
  const model = provider(MODEL);
  const expected = await generates(model);
  await streams(model, expected);
  await holdsAConversation(model, expected);
  await obeysTheParameters(model);
  await refusesWhatIsWrong(provider);
  await leavesStreamsAndGivesUpInTime(model);
}
await passesOnItsOptions();
await completesAText(openai.completion(MODEL));
await completesAText(tandem.completionModel(MODEL));
await embeds(openai.embedding(EMBEDDING_MODEL));
await embeds(tandem.embeddingModel(EMBEDDING_MODEL));
console.log("the Vercel AI SDK is content");
