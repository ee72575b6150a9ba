import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { events, RestClient, records, type Schemas } from "tandem-client/rest";
import { baseUrl, failure } from "./live.js";

const ASK = {
  model: "default",
  temperature: 0,
  max_tokens: 12,
  messages: [{ role: "user" as const, content: "Name the capital of France." }],
};
const ENDLESS = { ...ASK, max_tokens: null, logit_bias: { 2: -100 }, stream: true };

function text(chunk: Schemas["ChatChunk"]): string {
  return chunk.choices[0]?.delta?.content ?? "";
}

describe("REST", () => {
  const client = new RestClient({ baseUrl: baseUrl() });

  it("answers with what its types say", async () => {
    const answer = await client.post("/v1/chat/completions", ASK);
    assert.match(answer.choices[0]?.message?.content ?? "", /Paris/);
    const models = await client.get("/v1/models");
    const model = await client.get("/v1/models/{model}", { model: "default" });
    assert.ok(models.data.some((each) => each.id === model.id));
  });

  for (const accept of ["text/event-stream", "application/x-ndjson"] as const) {
    it(`streams ${accept}`, async () => {
      let said = "";
      for await (const chunk of client.stream("/v1/chat/completions", { ...ASK, stream: true }, { accept })) {
        said += text(chunk);
      }
      assert.match(said, /Paris/);
    });

    it(`ends ${accept} with the loop`, async () => {
      for (let i = 0; i < 4; i++) {
        for await (const _ of client.stream("/v1/chat/completions", ENDLESS, { accept })) {
          break;
        }
      }
      await client.post("/v1/chat/completions", ASK, { timeoutMs: 30_000 });
    });
  }

  it("ends with its signal, and when its time is up", async () => {
    const leaving = new AbortController();
    const left = (async () => {
      for await (const _ of client.stream("/v1/chat/completions", ENDLESS, { signal: leaving.signal })) {
        leaving.abort("enough");
      }
    })();
    assert.equal((await failure(left)).code, "CANCELLED");
    const late = await failure(client.post("/v1/chat/completions", { ...ENDLESS, stream: false }, { timeoutMs: 300 }));
    assert.equal(late.code, "DEADLINE_EXCEEDED");
    assert.equal(late.reason, "deadline_exceeded");
  });

  it("says so where the answer is no stream", async () => {
    const call = (async () => {
      for await (const _ of client.stream("/v1/chat/completions", ASK)) {
        assert.fail("an event");
      }
    })();
    const error = await failure(call);
    assert.match(error.message, /stream: true|accept/i);
  });
});

describe("the pieces of a body", () => {
  function body(...pieces: string[]): ReadableStream<Uint8Array> {
    return new ReadableStream({
      start(controller) {
        for (const piece of pieces) {
          controller.enqueue(new TextEncoder().encode(piece));
        }
        controller.close();
      },
    });
  }

  async function all(texts: AsyncIterable<string>): Promise<string[]> {
    const seen: string[] = [];
    for await (const text of texts) {
      seen.push(text);
    }
    return seen;
  }

  it("are events, wherever they are cut", async () => {
    assert.deepEqual(
      await all(events(body("da", 'ta: {"a":', "1}\r\n\r", "\n: ping\n\ndata: 2\ndata: 3\n\n", "data: [DONE]\n\ndata: 4\n\n"))),
      ['{"a":1}', "2\n3"],
    );
  });

  it("are lines, wherever they are cut", async () => {
    assert.deepEqual(await all(records(body('{"a"', ":1}\n\n\n{}", "\n3"))), ['{"a":1}', "{}", "3"]);
  });
});
