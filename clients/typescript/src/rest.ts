import { Messages } from "./call.js";
import { type RestError, TandemError } from "./error.js";
import { events, records } from "./events.js";
import type { components, paths } from "./gen/rest.js";
import { addressOf, type ClientOptions, headersOf } from "./options.js";
import { Retry } from "./retry.js";
import { begun } from "./transport.js";

export { events, records } from "./events.js";
export type { components, paths };

/** The messages of REST by their names: `Schemas["ChatChunk"]`. */
export type Schemas = components["schemas"];

type Method<P extends keyof paths, M extends "get" | "post"> = NonNullable<paths[P][M]>;
type Content<O> = O extends { responses: { 200: { content: infer C } } } ? C : never;
type Having<M extends "get" | "post", T extends string> = {
  [P in keyof paths]: [Method<P, M>] extends [never] ? never : T extends keyof Content<Method<P, M>> ? P : never;
}[keyof paths];

/** Paths that are read by GET. */
export type GetPath = Having<"get", "application/json">;
/** Paths that answer a POST with one message. */
export type PostPath = Having<"post", "application/json">;
/** Paths that answer a POST with a stream. */
export type StreamPath = Having<"post", "text/event-stream">;

/** What a path takes. */
export type BodyOf<P extends keyof paths> =
  NonNullable<Method<P, "post">["requestBody"]> extends { content: { "application/json": infer B } } ? B : never;
/** What a path answers with. */
export type AnswerOf<P extends keyof paths, M extends "get" | "post" = "post"> = Content<Method<P, M>> extends {
  "application/json": infer A;
}
  ? A
  : never;
/** A message of a path's stream. */
export type EventOf<P extends keyof paths> = Content<Method<P, "post">> extends { "text/event-stream": infer E } ? E : never;

/** What the client of REST takes. */
export interface RestOptions extends ClientOptions {
  /** Default: the platform's own. */
  readonly fetch?: typeof fetch;
}

/** How one call is made. */
export interface RestCall {
  readonly signal?: AbortSignal;
  /** For all tries together; the server is told. */
  readonly timeoutMs?: number;
  readonly headers?: HeadersInit;
}

/** How a stream comes: as server-sent events, or as lines of JSON. */
export interface RestStream extends RestCall {
  /** Default: `text/event-stream`. */
  readonly accept?: "text/event-stream" | "application/x-ndjson";
}

const READERS = { "text/event-stream": events, "application/x-ndjson": records };

/** A client of the REST face, typed by the server's own OpenAPI document. Calls fail with TandemError only. */
export class RestClient {
  readonly #options: RestOptions;
  readonly #address: string;
  readonly #retry: Retry;

  constructor(options: RestOptions) {
    this.#options = options;
    this.#address = addressOf(options);
    this.#retry = new Retry(options.retry);
  }

  /** @param names what stands in the path's braces */
  async get<P extends GetPath>(path: P, names: { readonly [name: string]: string } = {}, call: RestCall = {}): Promise<AnswerOf<P, "get">> {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => (names[name] ?? "").split("/").map(encodeURIComponent).join("/"));
    return this.#json("GET", filled, undefined, call) as Promise<AnswerOf<P, "get">>;
  }

  async post<P extends PostPath>(path: P, body: BodyOf<P>, call: RestCall = {}): Promise<AnswerOf<P>> {
    return this.#json("POST", path, body, call) as Promise<AnswerOf<P>>;
  }

  /**
   * The messages of a stream, as they come; leaving the loop over it cancels the call. `/v1/chat/completions` and `/v1/completions` want
   * `stream: true` in the body.
   */
  stream<P extends StreamPath>(path: P, body: BodyOf<P>, call: RestStream = {}): Messages<EventOf<P>> {
    const accept = call.accept ?? "text/event-stream";
    return new Messages((each) => this.#messages(path, body, accept, { ...call, ...each }) as AsyncIterable<EventOf<P>>, call);
  }

  async *#messages(path: string, body: unknown, accept: keyof typeof READERS, call: RestCall): AsyncGenerator<unknown> {
    const limit = call.timeoutMs ?? this.#options.timeoutMs;
    const tried = async (left?: number) => begun(messages(await this.#fetch("POST", path, body, accept, call, left), accept));
    yield* await this.#retry.run(tried, call.signal, limit);
  }

  async #json(method: string, path: string, body: unknown, call: RestCall): Promise<unknown> {
    const limit = call.timeoutMs ?? this.#options.timeoutMs;
    const tried = async (left?: number) => (await this.#fetch(method, path, body, "application/json", call, left)).json();
    return this.#retry.run(tried, call.signal, limit);
  }

  async #fetch(method: string, path: string, body: unknown, accept: string, call: RestCall, left?: number): Promise<Response> {
    const headers = await headersOf(this.#options);
    headers.set("accept", accept);
    if (left !== undefined) {
      headers.set("x-request-timeout", (left / 1000).toFixed(3));
    }
    if (body !== undefined) {
      headers.set("content-type", "application/json");
    }
    new Headers(call.headers).forEach((value, name) => {
      headers.set(name, value);
    });
    const signal = signalOf(call.signal, left);
    const answer = await (this.#options.fetch ?? fetch)(this.#address + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (!answer.ok) {
      throw TandemError.fromRest(await errorOf(answer), answer.status, answer.headers.get("retry-after"));
    }
    return answer;
  }
}

/** By how much the server's word that the time is up is waited for: it has the request's id. */
const GRACE_MS = 1000;

/** The caller's own, or the one of time. */
function signalOf(signal: AbortSignal | undefined, left: number | undefined): AbortSignal | undefined {
  if (left === undefined) {
    return signal;
  }
  const late = AbortSignal.timeout(left + GRACE_MS);
  return signal === undefined ? late : AbortSignal.any([signal, late]);
}

/** An answer that no Tandem wrote, as a proxy's page, tells nothing but its status. */
async function errorOf(answer: Response): Promise<RestError> {
  try {
    return ((await answer.json()) as { error?: RestError }).error ?? {};
  } catch (e) {
    if (e instanceof SyntaxError) {
      return {};
    }
    throw e;
  }
}

async function* messages(answer: Response, accept: keyof typeof READERS): AsyncGenerator<unknown> {
  if (answer.body === null || !answer.headers.get("content-type")?.startsWith(accept)) {
    throw new TandemError("The answer is no stream; send `stream: true` in the body.", { code: "INVALID_ARGUMENT" });
  }
  for await (const text of READERS[accept](answer.body)) {
    const message = JSON.parse(text) as { error?: RestError };
    if (message.error !== undefined) {
      throw TandemError.fromRest(message.error);
    }
    yield message;
  }
}
