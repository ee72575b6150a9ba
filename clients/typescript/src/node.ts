import type { SecureVersion } from "node:tls";
import type { Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { TandemClient } from "./client.js";
import { addressOf, type ClientOptions, interceptor } from "./options.js";
import { Retry } from "./retry.js";
import { steady } from "./transport.js";

export * from "./common.js";

/** Whom to trust and who one is, PEM. */
export interface TlsOptions {
  /** The authority that signed the server's certificate, where it is not one that Node knows. */
  readonly ca?: string | Buffer;
  /** The client's own certificate, where the server, or a proxy before it, asks for one. */
  readonly cert?: string | Buffer;
  /** Its key. */
  readonly key?: string | Buffer;
  readonly minVersion?: SecureVersion;
}

/** How a connection is kept, and found to be dead. */
export interface KeepaliveOptions {
  /** A PING leaves after so long without a byte, while a call runs. Default: 30,000. */
  readonly intervalMs?: number;
  /** A connection whose PING is not answered for so long is dead; its calls fail with UNAVAILABLE. Default: 10,000. */
  readonly timeoutMs?: number;
}

/** What a client in Node takes. All protocols go over HTTP/2. */
export interface NodeOptions extends ClientOptions {
  /** Default: `grpc`. */
  readonly protocol?: "grpc" | "connect" | "grpc-web";
  /** For addresses with `https`. */
  readonly tls?: TlsOptions;
  readonly keepalive?: KeepaliveOptions;
}

const TRANSPORTS = { grpc: createGrpcTransport, connect: createConnectTransport, "grpc-web": createGrpcWebTransport };

/** A client of the server. Its connection opens with the first call and does not keep Node from ending. */
export function connect(options: NodeOptions): TandemClient {
  const { intervalMs = 30_000, timeoutMs = 10_000 } = options.keepalive ?? {};
  const baseUrl = addressOf(options);
  const closing = new AbortController();
  const session = new Http2SessionManager(baseUrl, { pingIntervalMs: intervalMs, pingTimeoutMs: timeoutMs }, { ...options.tls });
  const transport: Transport = TRANSPORTS[options.protocol ?? "grpc"]({
    baseUrl,
    httpVersion: "2",
    sessionManager: session,
    interceptors: [interceptor(options)],
  });
  return new TandemClient(steady(transport, new Retry(options.retry, closing.signal), options.timeoutMs), () => {
    closing.abort();
    session.abort();
  });
}
