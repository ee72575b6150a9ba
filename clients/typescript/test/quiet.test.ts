import assert from "node:assert/strict";
import { createServer, type Server, type Socket } from "node:net";
import { describe, it } from "node:test";
import { ChatService, connect, user } from "tandem-client";
import { fake } from "./fake.js";
import { failure } from "./live.js";

const ASK = { model: "default", messages: [user("hi")] };
const CHUNK = { choices: [{ delta: { content: "Hello" } }] };

/** Passes bytes on until it is told to swallow them: a connection that died without a word. */
async function between(port: number): Promise<{ baseUrl: string; swallow(): void; server: Server }> {
  const { connect: dial } = await import("node:net");
  const ends: Socket[] = [];
  const server = createServer((near) => {
    const far = dial(port, "127.0.0.1");
    ends.push(near, far);
    near.pipe(far);
    far.pipe(near);
    near.on("error", () => far.destroy());
    far.on("error", () => near.destroy());
    near.on("close", () => far.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: own } = server.address() as { port: number };
  const swallow = () => {
    for (const end of ends) {
      end.unpipe();
      end.resume();
    }
  };
  return { baseUrl: `http://127.0.0.1:${own}`, swallow, server };
}

describe("a quiet stream", () => {
  it("is kept by PINGs, and goes on", async () => {
    const server = await fake((router) =>
      router.service(ChatService, {
        async *stream() {
          yield CHUNK;
          await new Promise((resolve) => setTimeout(resolve, 400));
          yield CHUNK;
        },
      }),
    );
    await using _ = server;
    let pings = 0;
    const client = connect({ baseUrl: server.baseUrl, keepalive: { intervalMs: 50 } });
    const seen: string[] = [];
    for await (const token of client.stream(ASK)) {
      seen.push(token);
      server.sessions[0]?.on("ping", () => pings++);
    }
    assert.deepEqual(seen, ["Hello", "Hello"]);
    assert.ok(pings > 2, `${pings}`);
  });

  it("fails where the connection is dead", async () => {
    const server = await fake((router) =>
      router.service(ChatService, {
        async *stream(_, context) {
          yield CHUNK;
          await new Promise((resolve) => context.signal.addEventListener("abort", resolve));
        },
      }),
    );
    await using _ = server;
    const proxy = await between(Number(new URL(server.baseUrl).port));
    const client = connect({ baseUrl: proxy.baseUrl, keepalive: { intervalMs: 50, timeoutMs: 100 } });
    const error = await failure(
      (async () => {
        for await (const _ of client.stream(ASK)) {
          proxy.swallow();
        }
      })(),
    );
    assert.equal(error.code, "UNAVAILABLE");
    proxy.server.close();
  });
});
