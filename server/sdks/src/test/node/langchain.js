// LangChain for JavaScript with @langchain/openai, unmodified.

import assert from "node:assert/strict";
import { AIMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { ChatOpenAI, OpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { all, BASE_URL, CONVERSATION, dot, EMBEDDING_MODEL, ENDLESS, KEY, MODEL, PARTS, QUESTION, refused, SOON, STRANGE, STREAMS_TO_LEAVE } from "./tandem-test.js";

const SERVER = { apiKey: KEY, maxRetries: 0, configuration: { baseURL: BASE_URL } };

function model(settings) {
  return new ChatOpenAI({ model: MODEL, temperature: 0, maxTokens: 12, ...SERVER, ...settings });
}

async function invokes() {
  const answer = await model().invoke(QUESTION);
  assert.match(answer.content, /Paris/);
  const usage = answer.usage_metadata;
  assert.equal(usage.total_tokens, usage.input_tokens + usage.output_tokens);
  assert.ok(["stop", "length"].includes(answer.response_metadata.finish_reason));
  return answer.content;
}

async function streams(expected) {
  const chunks = await all(await model().stream(QUESTION));
  const whole = chunks.reduce((a, b) => a.concat(b));
  assert.equal(whole.content, expected);
  assert.ok(whole.usage_metadata.output_tokens > 0);
}

async function holdsAConversation(expected) {
  const said = CONVERSATION.map((message) => message.content);
  const messages = [new SystemMessage(said[0]), new HumanMessage(said[1]), new AIMessage(said[2]), new HumanMessage(said[3])];
  assert.match((await model().invoke(messages)).content, /Rome/);
  assert.equal((await model().invoke([new HumanMessage({ content: PARTS })])).content, expected);

  const chain = ChatPromptTemplate.fromMessages([["user", "Name the capital of {country}."]]).pipe(model()).pipe(new StringOutputParser());
  const [france, italy] = await chain.batch([{ country: "France" }, { country: "Italy" }]);
  assert.match(france, /Paris/);
  assert.match(italy, /Rome/);
}

async function obeysTheParameters() {
  assert.ok(!(await model({ stop: ["Paris"] }).invoke(QUESTION)).content.includes("Paris"));
  assert.equal((await model({ maxTokens: 2 }).invoke(QUESTION)).usage_metadata.output_tokens, 2);
  const seeded = model({ temperature: 1.5, modelKwargs: { seed: 42 } });
  assert.equal((await seeded.invoke(QUESTION)).content, (await seeded.invoke(QUESTION)).content);
  const tokens = (await model({ logprobs: true, topLogprobs: 2 }).invoke(QUESTION)).response_metadata.logprobs.content;
  assert.ok(tokens.every((token) => token.top_logprobs.length === 2));
  const several = await model({ n: 2, temperature: 1 }).generate([[new HumanMessage(QUESTION)]]);
  assert.equal(several.generations[0].length, 2);
  assert.match((await model({ temperature: 1.5, modelKwargs: { top_k: 1 } }).invoke(QUESTION)).content, /Paris/);
}

async function refusesWhatIsWrong() {
  async function refuses(status, code, chat) {
    const e = await refused(() => chat.invoke(QUESTION));
    assert.deepEqual([e.status, e.code], [status, code]);
    assert.ok(e.param);
  }
  const form = { type: "json_schema", json_schema: { name: "weather", schema: STRANGE } };
  const tool = { type: "function", function: { name: "weather", parameters: STRANGE } };
  await refuses(404, "model_not_found", model({ model: "nobody" }));
  await refuses(422, "validation_failed", model({ temperature: 3 }));
  await refuses(400, "unsupported_value", model().bindTools([tool]));
  await refuses(400, "unsupported_value", model().withConfig({ response_format: form }));
}

async function leavesStreamsAndGivesUpInTime() {
  const endless = { maxTokens: undefined, modelKwargs: { logit_bias: ENDLESS } };
  for (let i = 0; i < STREAMS_TO_LEAVE; i++) {
    const abort = new AbortController();
    await refused(async () => {
      for await (const chunk of await model(endless).stream(QUESTION, { signal: abort.signal })) {
        if (chunk.content) {
          abort.abort();
        }
      }
    });
  }
  assert.ok(await model({ timeout: SOON }).invoke(QUESTION));
  await refused(() => model({ timeout: 300, ...endless }).invoke(QUESTION));
  assert.ok(await model({ timeout: SOON }).invoke(QUESTION));
}

async function completesAText() {
  const text = new OpenAI({ model: MODEL, temperature: 0, maxTokens: 12, ...SERVER });
  assert.match(await text.invoke("The capital of France is"), /Paris/);
}

async function embeds() {
  const embeddings = new OpenAIEmbeddings({ model: EMBEDDING_MODEL, ...SERVER });
  const [cat, tax] = await embeddings.embedDocuments(["a cat", "a tax return"]);
  assert.ok(cat.length === 384 && tax.length === 384);
  assert.ok(Math.abs(dot(await embeddings.embedQuery("a cat"), cat) - 1) < 1e-3);
}

const expected = await invokes();
await streams(expected);
await holdsAConversation(expected);
await obeysTheParameters();
await refusesWhatIsWrong();
await leavesStreamsAndGivesUpInTime();
await completesAText();
await embeds();
console.log("langchain is content");
