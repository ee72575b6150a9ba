import { createServer, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import type { ConnectRouter } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";

/** A server whose answers the test writes. */
export interface Fake extends AsyncDisposable {
  readonly baseUrl: string;
  /** Its connections. */
  readonly sessions: readonly ServerHttp2Session[];
}

export async function fake(routes: (router: ConnectRouter) => void): Promise<Fake> {
  const sessions: ServerHttp2Session[] = [];
  const server = createServer(connectNodeAdapter({ routes }));
  server.on("session", (session) => sessions.push(session));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sessions,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) {
        session.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
