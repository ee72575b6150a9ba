// Connect's client for Node, unmodified: its three protocols, both HTTP versions, binary and JSON. Called with the server's address
// (http://127.0.0.1:8080), fails at the first thing that is not as its users expect, and ends with one line.

import assert from "node:assert/strict";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { BadRequestSchema, ErrorInfoSchema } from "./gen/google/rpc/error_details_pb.js";
import { Role } from "./gen/tandem/v1/chat_message_pb.js";
import { ChatService } from "./gen/tandem/v1/chat_pb.js";
import { EmbeddingService } from "./gen/tandem/v1/embedding_pb.js";
import { ModelService } from "./gen/tandem/v1/models_pb.js";

const baseUrl = process.argv[2];
// the model never ends by itself: its token for the end cannot be chosen
const ENDLESS = { 2: -100 };
const SOON = 25_000;

function ask(settings) {
  const messages = [{ role: Role.USER, content: [{ part: { case: "text", value: "Name the capital of France." } }] }];
  return { model: "default", temperature: 0, maxTokens: 12, messages, ...settings };
}

/** Waits for the call's failure, which must have this code, and returns it. */
async function refused(code, call) {
  try {
    await call();
  } catch (e) {
    const error = ConnectError.from(e);
    assert.equal(Code[error.code], Code[code], `${error}`);
    return error;
  }
  return assert.fail("not refused");
}

async function all(stream) {
  const items = [];
  for await (const item of stream) {
    items.push(item);
  }
  return items;
}

function text(chunk) {
  return chunk.choices.map((choice) => choice.delta.content ?? "").join("");
}

async function answers(chat) {
  const whole = await chat.complete(ask());
  const said = whole.choices[0].message.content;
  assert.match(said, /Paris/);
  const chunks = await all(chat.stream(ask({ streamOptions: { includeUsage: true } })));
  assert.equal(chunks.map(text).join(""), said);
  assert.equal(chunks.at(-1).usage.completionTokens, whole.usage.completionTokens);
}

async function readsAndEmbeds(transport) {
  const models = createClient(ModelService, transport);
  const ids = (await models.listModels({})).data.map((model) => model.id);
  assert.ok(ids.includes((await models.getModel({ model: "default" })).id));
  await refused(Code.NotFound, () => models.getModel({ model: "nobody" }));
  const input = ["a cat", "a cat"].map((value) => ({ input: { case: "text", value } }));
  const answer = await createClient(EmbeddingService, transport).embed({ model: "all-MiniLM-L6-v2", input });
  const [one, two] = answer.data.map((item) => item.embedding.floats);
  assert.equal(one.length, 384);
  assert.deepEqual(one, two);
}

async function tellsWhatIsWrong(chat) {
  const wrong = ask({ messages: [], temperature: 3 });
  for (const call of [() => chat.complete(wrong), () => all(chat.stream(wrong))]) {
    const error = await refused(Code.InvalidArgument, call);
    assert.equal(error.findDetails(ErrorInfoSchema)[0].reason, "validation_failed");
    assert.deepEqual(error.findDetails(BadRequestSchema)[0].fieldViolations.map((each) => each.field), ["messages", "temperature"]);
    assert.match(error.metadata.get("x-request-id"), /^req_/);
  }
}

/** Four calls that never end by themselves: more than the server has slots. Were one not freed, the last would wait for half a minute. */
async function leavesStreamsAndGivesUpInTime(chat) {
  const endless = ask({ maxTokens: undefined, logitBias: ENDLESS });
  for (let i = 0; i < 2; i++) {
    const abort = new AbortController();
    await refused(Code.Canceled, async () => {
      for await (const chunk of chat.stream(endless, { signal: abort.signal })) {
        if (text(chunk)) {
          abort.abort();
        }
      }
    });
  }
  await refused(Code.DeadlineExceeded, () => all(chat.stream(endless, { timeoutMs: 300 })));
  await refused(Code.DeadlineExceeded, () => chat.complete(endless, { timeoutMs: 300 }));
  await chat.complete(ask(), { timeoutMs: SOON });
}

const ways = [createConnectTransport, createGrpcWebTransport]
  .flatMap((create) => ["1.1", "2"].map((httpVersion) => [create, httpVersion]))
  .concat([[createGrpcTransport, "2"]])
  .flatMap(([create, httpVersion]) => [true, false].map((useBinaryFormat) => [create, { baseUrl, httpVersion, useBinaryFormat }]));

for (const [create, options] of ways) {
  try {
    const transport = create({ ...options, useHttpGet: true });
    const chat = createClient(ChatService, transport);
    await answers(chat);
    await readsAndEmbeds(transport);
    await tellsWhatIsWrong(chat);
    await leavesStreamsAndGivesUpInTime(chat);
  } catch (e) {
    throw new Error(`${create.name}, HTTP/${options.httpVersion}, ${options.useBinaryFormat ? "binary" : "JSON"}`, { cause: e });
  }
}
console.log(`connect is content, in ${ways.length} ways`);
process.exit(); // connections of HTTP/2 stay open
