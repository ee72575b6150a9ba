// Calls a server with the types that openapi-typescript made of its document: call.js BASE_URL MODEL
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./api.d.ts";

type Chunk = components["schemas"]["ChatChunk"];

const [baseUrl, model] = process.argv.slice(2) as [string, string];
const client = createClient<paths>({ baseUrl });
const question = { model, temperature: 0, messages: [{ role: "user" as const, content: "Hi" }] };

const models = await client.GET("/v1/models");
assert.deepEqual(models.data?.data.map((each) => each.id), [model]);

const whole = await client.POST("/v1/chat/completions", { body: question });
assert(whole.data?.object === "chat.completion");
assert.equal(whole.data.choices[0]?.message?.content, "Hello there");

// openapi-fetch types a streamed body as the schema of one message
const stream = await client.POST("/v1/chat/completions", { body: { ...question, stream: true }, parseAs: "stream" });
const decoder = new TextDecoder();
let data = "";
for await (const part of stream.data as unknown as AsyncIterable<Uint8Array>) {
  data += decoder.decode(part, { stream: true });
}
let text = "";
for (const event of data.split("\n\n").filter((each) => each.startsWith("data: {"))) {
  const chunk = JSON.parse(event.slice("data: ".length)) as Chunk;
  text += chunk.choices[0]?.delta?.content ?? "";
}
assert.equal(text, "Hello there");
assert(data.endsWith("data: [DONE]\n\n"));

const unknown = await client.GET("/v1/models/{model}", { params: { path: { model: "nobody" } } });
assert.equal(unknown.response.status, 404);
assert.equal(unknown.error?.error.code, "model_not_found");

console.log("the generated TypeScript client is content");
