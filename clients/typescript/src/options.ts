import type { Interceptor } from "@connectrpc/connect";
import { TandemError } from "./error.js";
import type { RetryOptions } from "./retry.js";

/** What every client takes. */
export interface ClientOptions {
  /** The server's address: `http://127.0.0.1:8080`. */
  readonly baseUrl: string;
  /** A key or token; or a function that is asked for it before each call, for tokens that expire. */
  readonly apiKey?: string | (() => string | Promise<string>) | undefined;
  /** Further headers of every call. */
  readonly headers?: HeadersInit;
  /** For calls that name no time of their own, all their tries together. Default: no limit but the server's. */
  readonly timeoutMs?: number;
  /** How calls are tried again. */
  readonly retry?: RetryOptions;
}

/** The headers of one call. */
export async function headersOf(options: ClientOptions): Promise<Headers> {
  const headers = new Headers(options.headers);
  const { apiKey } = options;
  const key = typeof apiKey === "function" ? await asked(apiKey) : apiKey;
  if (key) {
    if (!/^[!-~]+$/.test(key)) {
      // Headers would refuse it too, and show it
      throw new TandemError("The API key has a character that no header can carry, as a line end.", { code: "UNAUTHENTICATED" });
    }
    headers.set("authorization", `Bearer ${key}`);
  }
  return headers;
}

async function asked(apiKey: () => string | Promise<string>): Promise<string> {
  try {
    return await apiKey();
  } catch (e) {
    throw new TandemError(`The function for the API key failed: ${String(e)}`, { code: "UNAUTHENTICATED" }, { cause: e });
  }
}

/** The server's address, without a slash at its end. */
export function addressOf({ baseUrl }: ClientOptions): string {
  if (!/^https?:\/\//i.test(baseUrl)) {
    throw new TypeError(`baseUrl begins with http:// or https://, as http://127.0.0.1:8080, and is not ${baseUrl}`);
  }
  return baseUrl.replace(/\/+$/, "");
}

/** Puts them in every call, where the call has none of that name itself. */
export function interceptor(options: ClientOptions): Interceptor {
  return (next) => async (request) => {
    for (const [name, value] of await headersOf(options)) {
      if (!request.header.has(name)) {
        request.header.set(name, value);
      }
    }
    return next(request);
  };
}
