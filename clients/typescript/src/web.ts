import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";
import { TandemClient } from "./client.js";
import { addressOf, type ClientOptions, interceptor } from "./options.js";
import { Retry } from "./retry.js";
import { steady } from "./transport.js";

export * from "./common.js";

/** What a client in a browser takes. */
export interface WebOptions extends ClientOptions {
  /** Default: `connect`. */
  readonly protocol?: "connect" | "grpc-web";
}

/** A client of the server, by `fetch`. The address is mostly the page's own: `location.origin`. */
export function connect(options: WebOptions): TandemClient {
  const create = options.protocol === "grpc-web" ? createGrpcWebTransport : createConnectTransport;
  const closing = new AbortController();
  const transport = create({
    baseUrl: addressOf(options),
    useBinaryFormat: true,
    interceptors: [interceptor(options)],
    fetch: (input, init) =>
      fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, closing.signal]) : closing.signal }),
  });
  return new TandemClient(steady(transport, new Retry(options.retry, closing.signal), options.timeoutMs), () => closing.abort());
}
