import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { assistant, system, textOf, user } from "tandem-client";
import { failure, live } from "./live.js";

const QUESTION = { model: "default", temperature: 0, messages: [user("Name the capital of France.")] };
const ASK = { ...QUESTION, maxTokens: 12 };
/** The model never ends by itself: its token for the end cannot be chosen. */
const ENDLESS = { ...QUESTION, logitBias: { 2: -100 } };
const SOON = { timeoutMs: 30_000 };

for (const protocol of ["grpc", "connect", "grpc-web"] as const) {
  describe(`chat over ${protocol}`, () => {
    const client = live({ protocol });
    after(() => client.close());

    it("comes token by token", async () => {
      const stream = client.stream({ ...ASK, streamOptions: { includeUsage: true } });
      const tokens: string[] = [];
      for await (const token of stream) {
        tokens.push(token);
      }
      assert.match(tokens.join(""), /Paris/);
      assert.ok(tokens.length > 1);
      assert.ok(["stop", "length"].includes(stream.finishReason ?? ""));
      assert.ok((stream.usage?.completionTokens ?? 0) > 1);
    });

    it("is the same as a whole", async () => {
      assert.equal(textOf(await client.complete(ASK)), await client.stream(ASK).text());
    });

    it("ends with the loop, so no slot stays taken", async () => {
      for (let i = 0; i < 4; i++) {
        for await (const _ of client.stream(ENDLESS)) {
          break;
        }
      }
      assert.match(textOf(await client.complete(ASK, SOON)), /Paris/);
    });

    it("ends with its signal", async () => {
      const leaving = new AbortController();
      const error = await failure(
        (async () => {
          for await (const _ of client.stream(ENDLESS, { signal: leaving.signal })) {
            leaving.abort();
          }
        })(),
      );
      assert.equal(error.code, "CANCELLED");
    });

    it("ends when it is cancelled from elsewhere", async () => {
      const stream = client.stream(ENDLESS);
      const error = await failure(
        (async () => {
          for await (const _ of stream) {
            setTimeout(() => stream.cancel(), 1);
          }
        })(),
      );
      assert.equal(error.code, "CANCELLED");
    });

    it("ends when its time is up", async () => {
      assert.equal((await failure(client.stream(ENDLESS, { timeoutMs: 300 }).text())).code, "DEADLINE_EXCEEDED");
      assert.equal((await failure(client.complete(ENDLESS, { timeoutMs: 300 }))).code, "DEADLINE_EXCEEDED");
    });

    it("does not begin where its signal says so already", async () => {
      const error = await failure(client.stream(ASK, { signal: AbortSignal.abort() }).text());
      assert.equal(error.code, "CANCELLED");
    });
  });
}

describe("a conversation", () => {
  const client = live();
  after(() => client.close());

  it("has several turns", async () => {
    const messages = [system("Answer with one word."), user("The capital of France?"), assistant("Paris"), user("Of Italy?")];
    assert.notEqual(textOf(await client.complete({ ...ASK, messages })), "");
  });

  it("is read once", async () => {
    const stream = client.stream(ASK);
    await stream.text();
    await assert.rejects(stream.text(), /read already/);
  });

  it("gives whole chunks to those who want them", async () => {
    for await (const chunk of client.stream(ASK).messages()) {
      assert.match(chunk.id, /^chatcmpl-/);
    }
  });
});
