import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { create } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { ChatService, connect, DEFAULT_RETRY, textOf, user } from "tandem-client";
import { RetryInfoSchema } from "tandem-client/gen/google/rpc/error_details_pb";
import { fake } from "./fake.js";
import { failure } from "./live.js";

const ASK = { model: "default", messages: [user("hi")] };
const SAID = { choices: [{ message: { content: "Hello" } }] };
const CHUNK = { choices: [{ delta: { content: "Hello" } }] };
const FAST = { firstWaitMs: 1 };

function busy(retryAfterMs?: number, code = Code.Unavailable) {
  const wait = retryAfterMs ?? 0;
  const retryDelay = create(DurationSchema, { seconds: BigInt(Math.floor(wait / 1000)), nanos: (wait % 1000) * 1e6 });
  const details = retryAfterMs === undefined ? [] : [{ desc: RetryInfoSchema, value: { retryDelay } }];
  return new ConnectError("busy", code, undefined, details);
}

/** A server that fails so often, then answers. */
async function failing(times: number, error: () => ConnectError, after: readonly (typeof CHUNK)[] = []) {
  const seen = { calls: 0, timesLeft: [] as (number | undefined)[] };
  const server = await fake((router) =>
    router.service(ChatService, {
      complete(_, context) {
        seen.timesLeft.push(context.timeoutMs());
        if (seen.calls++ < times) {
          throw error();
        }
        return SAID;
      },
      async *stream() {
        if (seen.calls++ < times) {
          yield* after;
          throw error();
        }
        yield CHUNK;
      },
    }),
  );
  return { server, seen };
}

describe("the policy", () => {
  it("is that of all clients", () => {
    assert.deepEqual(DEFAULT_RETRY, {
      attempts: 4,
      firstWaitMs: 200,
      longestWaitMs: 5000,
      patienceMs: 30_000,
      budget: 10,
      refill: 0.1,
    });
  });

  it("is refused where it cannot be", () => {
    for (const retry of [{ attempts: 0 }, { firstWaitMs: -1 }, { budget: Number.NaN }]) {
      assert.throws(() => connect({ baseUrl: "http://127.0.0.1:1", retry }), RangeError);
    }
  });
});

describe("a call that fails", () => {
  it("is made four times", async () => {
    const { server, seen } = await failing(9, busy);
    await using _ = server;
    const client = connect({ baseUrl: server.baseUrl, retry: FAST });
    assert.equal((await failure(client.complete(ASK))).code, "UNAVAILABLE");
    assert.equal(seen.calls, 4);
  });

  it("is made again after a random part of a wait that has an end", async (test) => {
    const { server, seen } = await failing(6, busy);
    await using _ = server;
    const random = test.mock.method(Math, "random", () => 0);
    await connect({ baseUrl: server.baseUrl, retry: { firstWaitMs: 600_000, longestWaitMs: 600_000 } })
      .complete(ASK, { timeoutMs: 60_000 })
      .catch(() => {});
    assert.equal(seen.calls, 4);
    random.mock.mockImplementation(() => 0.999);
    await connect({ baseUrl: server.baseUrl, retry: { firstWaitMs: 600_000, longestWaitMs: 1 } }).complete(ASK, { timeoutMs: 60_000 });
    assert.equal(seen.calls, 7);
  });

  it("is given up with its client", async () => {
    const { server, seen } = await failing(9, () => busy(20_000));
    await using _ = server;
    const client = connect({ baseUrl: server.baseUrl, retry: FAST });
    const call = failure(client.complete(ASK));
    while (seen.calls === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    client.close();
    assert.equal((await call).code, "CANCELLED");
    assert.equal((await failure(client.complete(ASK))).code, "CANCELLED");
    assert.equal(seen.calls, 1);
  });

  it("is tried again, whole or as a stream", async () => {
    const { server, seen } = await failing(2, busy);
    await using _ = server;
    const client = connect({ baseUrl: server.baseUrl, retry: FAST });
    assert.equal(textOf(await client.complete(ASK)), "Hello");
    assert.equal(seen.calls, 3);
    seen.calls = 0;
    assert.equal(await client.stream(ASK).text(), "Hello");
    assert.equal(seen.calls, 3);
  });

  it("is not tried again once its first message has come", async () => {
    const { server, seen } = await failing(1, busy, [CHUNK]);
    await using _ = server;
    const client = connect({ baseUrl: server.baseUrl, retry: FAST });
    assert.equal((await failure(client.stream(ASK).text())).code, "UNAVAILABLE");
    assert.equal(seen.calls, 1);
  });

  it("is not tried again where that is of no use", async () => {
    for (const code of [Code.InvalidArgument, Code.Internal, Code.DeadlineExceeded, Code.ResourceExhausted]) {
      const { server, seen } = await failing(1, () => busy(undefined, code));
      await using _ = server;
      const client = connect({ baseUrl: server.baseUrl, retry: FAST });
      await failure(client.complete(ASK));
      assert.equal(seen.calls, 1);
    }
  });

  it("waits as long as the server says", async () => {
    const { server, seen } = await failing(1, () => busy(200, Code.ResourceExhausted));
    await using _ = server;
    const client = connect({ baseUrl: server.baseUrl, retry: FAST });
    const begin = performance.now();
    await client.complete(ASK);
    assert.ok(performance.now() - begin >= 200);
    assert.equal(seen.calls, 2);
  });

  it("is not waited for too long", async () => {
    const { server, seen } = await failing(9, () => busy(900));
    await using _ = server;
    const client = connect({ baseUrl: server.baseUrl, retry: { ...FAST, patienceMs: 500 } });
    const error = await failure(client.complete(ASK));
    assert.equal(error.retryAfterMs, 900);
    assert.equal(seen.calls, 1);
  });

  it("keeps to the caller's time with all its tries", async (test) => {
    test.mock.method(Math, "random", () => 0.75);
    const { server, seen } = await failing(9, busy);
    await using _ = server;
    const client = connect({ baseUrl: server.baseUrl, retry: { firstWaitMs: 200 } });
    assert.equal((await failure(client.complete(ASK, { timeoutMs: 350 }))).code, "UNAVAILABLE");
    assert.equal(seen.calls, 2); // after 150 ms; the next wait, 300 ms, is too long
    assert.ok((seen.timesLeft.at(-1) ?? 0) < 300);
  });

  it("is given up with its signal", async () => {
    const { server, seen } = await failing(9, () => busy(800));
    await using _ = server;
    const client = connect({ baseUrl: server.baseUrl, retry: FAST });
    const error = await failure(client.complete(ASK, { signal: AbortSignal.timeout(200) }));
    assert.equal(error.code, "CANCELLED");
    assert.equal(seen.calls, 1);
  });

  it("is tried as often as the client's budget allows", async () => {
    const { server, seen } = await failing(100, busy);
    await using _ = server;
    const client = connect({ baseUrl: server.baseUrl, retry: { ...FAST, budget: 4 } });
    for (let i = 0; i < 5; i++) {
      await failure(client.complete(ASK));
    }
    assert.equal(seen.calls, 6); // of 4 the first failure leaves 3, the second 2: not more than half
  });

  it("may be one to a server that is not there", async () => {
    const { server } = await failing(0, busy);
    await server[Symbol.asyncDispose]();
    const client = connect({ baseUrl: server.baseUrl, retry: FAST });
    assert.equal((await failure(client.complete(ASK))).code, "UNAVAILABLE");
  });
});
