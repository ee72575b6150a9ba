// Calls of a server that is not the page's own, with a key: what a page of another origin does.

import { create, toBinary, fromBinary } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";
import * as web from "grpc-web";
import { ErrorInfoSchema } from "./gen/google/rpc/error_details_pb";
import { type ChatChunk, ChatChunkSchema } from "./gen/tandem/v1/chat_completion_pb";
import { type ChatRequest, ChatRequestSchema, ChatService } from "./gen/tandem/v1/chat_pb";
import { ModelService } from "./gen/tandem/v1/models_pb";
import { HI, said } from "./requests";

/** What became of it: the words that came, and why it ended, where it did not end well. */
type Told = { words: string[]; failed: string; requestId: string };

function showing(key: string): Interceptor {
  return (next) => (request) => {
    request.header.set("authorization", `Bearer ${key}`);
    return next(request);
  };
}

function transport(name: string, baseUrl: string, key: string) {
  const options = { baseUrl, interceptors: [showing(key)] };
  return name === "connect" ? createConnectTransport({ ...options, useHttpGet: true }) : createGrpcWebTransport(options);
}

function refused(e: unknown, words: string[]): Told {
  const error = ConnectError.from(e);
  const reasons = error.findDetails(ErrorInfoSchema).map((info) => info.reason);
  return { words, failed: [Code[error.code], ...reasons].join(" "), requestId: error.metadata.get("x-request-id") ?? "" };
}

/** Connect's client over one of its transports: a list by GET, where it can be, then a stream. */
export async function connect(name: string, baseUrl: string, key: string): Promise<Told> {
  const words: string[] = [];
  try {
    const list = await createClient(ModelService, transport(name, baseUrl, key)).listModels({});
    words.push(...list.data.map((model) => model.id));
    for await (const chunk of createClient(ChatService, transport(name, baseUrl, key)).stream(HI)) {
      words.push(...said(chunk));
    }
    return { words, failed: "", requestId: "" };
  } catch (e) {
    return refused(e, words);
  }
}

const stream = new web.MethodDescriptor<ChatRequest, ChatChunk>(
  "/tandem.v1.ChatService/Stream",
  "server_streaming",
  Object as never, // the client never makes a message itself
  Object as never,
  (request: ChatRequest) => toBinary(ChatRequestSchema, request),
  (bytes: Uint8Array) => fromBinary(ChatChunkSchema, bytes),
);

/** gRPC's own client. */
export function grpcweb(format: string, baseUrl: string, key: string): Promise<Told> {
  return new Promise((resolve) => {
    const words: string[] = [];
    const call = new web.GrpcWebClientBase({ format }).serverStreaming(
      baseUrl + stream.getName(),
      create(ChatRequestSchema, HI),
      { authorization: `Bearer ${key}` },
      stream,
    );
    call.on("data", (chunk) => words.push(...said(chunk)));
    call.on("error", (error) => resolve({ words, failed: `${error.code} ${error.message}`, requestId: "" }));
    call.on("end", () => resolve({ words, failed: "", requestId: "" }));
  });
}

/** fetch: JSON, server-sent events or lines. */
export async function rest(accept: string, baseUrl: string, key: string): Promise<Told> {
  const body = { model: "tiny", messages: [{ role: "user", content: "hi" }], stream: accept !== "application/json" };
  try {
    const answer = await fetch(`${baseUrl}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", accept, "x-api-key": key, "x-request-id": "from-abroad", traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    const words = [...text.matchAll(/"content":"([^"]+)"/g)].map((match) => match[1]);
    const failed = answer.ok ? "" : `${answer.status} ${JSON.parse(text).error.code} ${answer.headers.get("www-authenticate")}`;
    return { words, failed, requestId: answer.headers.get("x-request-id") ?? "" };
  } catch (e) {
    return { words: [], failed: String(e), requestId: "" };
  }
}
