import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { ChatService, connect, TandemError, user } from "tandem-client";
import { RestClient } from "tandem-client/rest";
import { connect as connectWeb } from "tandem-client/web";
import { fake } from "./fake.js";
import { failure } from "./live.js";

const ASK = { model: "default", messages: [user("hi")] };
const ONCE = { retry: { attempts: 1 } };
const NOBODY = "http://127.0.0.1:1";

/** A server that knows HTTP/1.1 only, as proxies do: what it answers with, and the paths that it was asked for. */
async function plain(status: number, headers: Record<string, string> = {}, body = "{}") {
  const paths: string[] = [];
  const server = createServer((request, answer) => {
    paths.push(request.url ?? "");
    answer.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { baseUrl, paths, [Symbol.dispose]: () => void server.close() };
}

describe("a key", () => {
  for (const apiKey of ["tdm_secret\n", "tdm secret", "tdm_s\u00e9cret"]) {
    it(`that no header can carry is refused and not shown: ${JSON.stringify(apiKey)}`, async () => {
      const client = connect({ baseUrl: NOBODY, apiKey });
      const rest = new RestClient({ baseUrl: NOBODY, apiKey });
      for (const call of [() => client.complete(ASK), () => client.stream(ASK).text(), () => rest.get("/v1/models")]) {
        const error = await failure(call());
        assert.equal(error.code, "UNAUTHENTICATED");
        assert.doesNotMatch(inspect(error, { depth: 9 }), /cret/);
      }
      assert.doesNotMatch(inspect(client, { depth: 9, showHidden: true }) + inspect(rest, { depth: 9, showHidden: true }), /cret/);
    });
  }

  it("that its function cannot give is told so", async () => {
    const apiKey = () => {
      throw new TypeError("no vault");
    };
    const error = await failure(connect({ baseUrl: NOBODY, apiKey }).complete(ASK));
    assert.equal(error.code, "UNAUTHENTICATED");
    assert.match(error.message, /no vault/);
  });
});

describe("an address", () => {
  it("has a scheme", () => {
    for (const baseUrl of ["127.0.0.1:8080", "localhost:8080", "ftp://localhost"]) {
      for (const make of [() => connect({ baseUrl }), () => connectWeb({ baseUrl }), () => new RestClient({ baseUrl })]) {
        assert.throws(make, /http:\/\/ or https:\/\//);
      }
    }
  });

  it("may have a path, over REST too", async () => {
    using server = await plain(200, {}, '{"data": []}');
    await new RestClient({ baseUrl: `${server.baseUrl}/models/` }).get("/v1/models");
    assert.deepEqual(server.paths, ["/models/v1/models"]);
  });

  it("where nobody listens is told in every error", async () => {
    const { baseUrl, [Symbol.dispose]: end } = await plain(200);
    end();
    const client = connect({ baseUrl, ...ONCE });
    const rest = new RestClient({ baseUrl, ...ONCE });
    for (const call of [() => client.complete(ASK), () => rest.get("/v1/models")]) {
      const error = await failure(call());
      assert.equal(error.code, "UNAVAILABLE");
      assert.match(error.message, /ECONNREFUSED/);
    }
  });
});

describe("a proxy", () => {
  it("may say when to come back", async () => {
    using server = await plain(429, { "retry-after": "7", "content-type": "text/html" }, "<p>Later.</p>");
    const rest = new RestClient({ baseUrl: server.baseUrl, retry: { patienceMs: 1000 } });
    const web = connectWeb({ baseUrl: server.baseUrl, retry: { patienceMs: 1000 } });
    for (const call of [() => rest.get("/v1/models"), () => web.complete(ASK)]) {
      assert.equal((await failure(call())).retryAfterMs, 7000);
    }
    assert.equal(server.paths.length, 2);
    assert.equal(TandemError.fromRest({}, 503, "Sun, 22 Nov 2026 13:00:00 GMT").retryAfterMs, undefined);
  });
});

describe("a stream of a service", () => {
  it("ends with the loop, and with the client", async () => {
    const ended: string[] = [];
    await using server = await fake((router) =>
      router.service(ChatService, {
        async *stream({ model }, context) {
          yield { id: "a" };
          await new Promise((resolve) => context.signal.addEventListener("abort", resolve));
          ended.push(model);
        },
      }),
    );
    const client = connect({ baseUrl: server.baseUrl });
    for await (const { id } of client.service(ChatService).stream({ ...ASK, model: "loop" })) {
      assert.equal(id, "a");
      break;
    }
    const error = await failure(
      (async () => {
        for await (const _ of client.service(ChatService).stream({ ...ASK, model: "client" })) {
          client.close();
        }
      })(),
    );
    assert.equal(error.code, "CANCELLED");
    while (ended.length < 2) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    assert.deepEqual(ended, ["loop", "client"]);
  });
});
