// Answers the cases of clients/conformance on stdin, one a line, by this client: over gRPC, gRPC-Web and Connect by the generated code, over REST,
// server-sent events and NDJSON by fetch. TANDEM_ADDRESS is the server's host and port, TANDEM_API_KEY the key where it asks for one.

import { createInterface } from "node:readline";
import { createRegistry, type DescMethod, fromJson, type JsonValue, toJson } from "@bufbuild/protobuf";
import { type ClientOptions, connect, type NodeOptions, TandemError } from "tandem-client";
import { file_tandem_v1_chat } from "tandem-client/gen/tandem/v1/chat_pb";
import { file_tandem_v1_completion } from "tandem-client/gen/tandem/v1/completion_pb";
import { file_tandem_v1_embedding } from "tandem-client/gen/tandem/v1/embedding_pb";
import { file_tandem_v1_extraction } from "tandem-client/gen/tandem/v1/extraction_pb";
import { file_tandem_v1_models } from "tandem-client/gen/tandem/v1/models_pb";
import { file_tandem_v1_rerank } from "tandem-client/gen/tandem/v1/rerank_pb";
import { file_tandem_v1_token } from "tandem-client/gen/tandem/v1/token_pb";
import { type PostPath, RestClient, type StreamPath } from "tandem-client/rest";

interface Case {
  readonly id: string;
  readonly wire: "grpc" | "grpc-web" | "connect" | "rest" | "sse" | "ndjson";
  readonly method: string;
  readonly request: JsonValue;
  readonly headers?: { readonly [name: string]: string };
  readonly timeout_ms?: number;
  readonly cancel_after?: number;
}

interface Call {
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
  readonly headers?: { readonly [name: string]: string };
}

const registry = createRegistry(
  file_tandem_v1_chat,
  file_tandem_v1_completion,
  file_tandem_v1_embedding,
  file_tandem_v1_extraction,
  file_tandem_v1_models,
  file_tandem_v1_rerank,
  file_tandem_v1_token,
);

const options: ClientOptions = {
  baseUrl: `http://${process.env["TANDEM_ADDRESS"]}`,
  apiKey: process.env["TANDEM_API_KEY"],
  retry: { attempts: 1 }, // a case is one call
};
const clients = new Map<string, ReturnType<typeof connect>>();
const rest = new RestClient(options);

/** A client of one protocol, for all its cases. */
function clientOf(protocol: NonNullable<NodeOptions["protocol"]>) {
  const client = clients.get(protocol) ?? connect({ ...options, protocol });
  clients.set(protocol, client);
  return client;
}

function methodOf(name: string): DescMethod {
  const [service, method] = name.split("/");
  const found = registry.getService(service ?? "")?.methods.find((each) => each.name === method);
  if (found === undefined) {
    throw new Skipped(`the generated code has no method ${name}`);
  }
  return found;
}

/** The wire cannot carry the case. */
class Skipped extends Error {}

async function* once<T>(answer: Promise<T>): AsyncGenerator<T> {
  yield await answer;
}

/** By the generated code. */
async function* generated(each: Case, protocol: NonNullable<NodeOptions["protocol"]>, call: Call): AsyncGenerator<JsonValue> {
  const method = methodOf(each.method);
  let request: unknown;
  try {
    request = fromJson(method.input, each.request);
  } catch (e) {
    throw new Skipped(`no message can say this: ${e}`);
  }
  const client = clientOf(protocol).service(method.parent) as unknown as Record<string, (request: unknown, call: Call) => never>;
  const called = client[method.localName]?.(request, call);
  const answers: AsyncIterable<never> = method.methodKind === "unary" ? once(called as never) : (called as never);
  for await (const answer of answers) {
    yield toJson(method.output, answer);
  }
}

function answersOf(each: Case, call: Call): AsyncIterable<unknown> {
  const path = `/${each.method}`;
  const body = each.request as never;
  switch (each.wire) {
    case "rest":
      return once(rest.post(path as PostPath, body, call));
    case "sse":
      return rest.stream(path as StreamPath, body, call);
    case "ndjson":
      return rest.stream(path as StreamPath, body, { ...call, accept: "application/x-ndjson" });
    default:
      return generated(each, each.wire, call);
  }
}

async function run(each: Case): Promise<object> {
  const leaving = new AbortController();
  const call: Call = {
    signal: leaving.signal, // the generated code does not heed that a loop is left
    ...(each.timeout_ms === undefined ? {} : { timeoutMs: each.timeout_ms }),
    ...(each.headers === undefined ? {} : { headers: each.headers }),
  };
  const messages: unknown[] = [];
  try {
    for await (const message of answersOf(each, call)) {
      messages.push(message);
      if (messages.length === each.cancel_after) {
        break;
      }
    }
    return { id: each.id, messages, error: null };
  } catch (e) {
    return e instanceof Skipped ? { id: each.id, skipped: e.message } : { id: each.id, messages, error: told(TandemError.from(e)) };
  } finally {
    leaving.abort();
  }
}

function told({ code, reason, message, param, violations, requestId, retryAfterMs }: TandemError): object {
  return { code, reason, message, param, violations, request_id: requestId, retry_after_ms: retryAfterMs ?? null };
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line !== "") {
    process.stdout.write(`${JSON.stringify(await run(JSON.parse(line) as Case))}\n`);
  }
}
for (const client of clients.values()) {
  client.close();
}
