// gRPC's own client for browsers, in its two formats; the messages are those of protoc-gen-es.

import { create, type DescMessage, fromBinary, type MessageShape, toBinary } from "@bufbuild/protobuf";
import * as web from "grpc-web";
import { ChatChunkSchema, type ChatCompletion, ChatCompletionSchema } from "./gen/tandem/v1/chat_completion_pb";
import { ChatRequestSchema } from "./gen/tandem/v1/chat_pb";
import { type ChatInit, HI, said, WRONG } from "./requests";

export type Format = "text" | "binary";

function method<I extends DescMessage, O extends DescMessage>(name: string, type: "unary" | "server_streaming", input: I, output: O) {
  return new web.MethodDescriptor<MessageShape<I>, MessageShape<O>>(
    `/tandem.v1.ChatService/${name}`,
    type,
    Object as never, // the client never makes a message itself
    Object as never,
    (request: MessageShape<I>) => toBinary(input, request),
    (bytes: Uint8Array) => fromBinary(output, bytes),
  );
}

const complete = method("Complete", "unary", ChatRequestSchema, ChatCompletionSchema);
const stream = method("Stream", "server_streaming", ChatRequestSchema, ChatChunkSchema);

function path(descriptor: { getName(): string }) {
  return location.origin + descriptor.getName();
}

function open(format: Format, request: ChatInit, metadata: web.Metadata = {}) {
  return new web.GrpcWebClientBase({ format }).serverStreaming(path(stream), create(ChatRequestSchema, request), metadata, stream);
}

type Told = { code: number; message: string; details: boolean; seen: string[] };

function told(error: web.RpcError, seen: string[]): Told {
  return {
    code: error.code,
    message: error.message,
    details: "grpc-status-details-bin" in (error.metadata ?? {}),
    seen,
  };
}

function ask(format: Format, request: ChatInit) {
  return new Promise<ChatCompletion>((resolve, reject) => {
    const client = new web.GrpcWebClientBase({ format });
    client.rpcCall(path(complete), create(ChatRequestSchema, request), {}, complete, (error, whole) => (error ? reject(error) : resolve(whole)));
  });
}

export async function answer(format: Format) {
  return (await ask(format, HI)).choices[0].message?.content;
}

export function tokens(format: Format) {
  return new Promise<string[]>((resolve, reject) => {
    const seen: string[] = [];
    const call = open(format, HI);
    call.on("data", (chunk) => seen.push(...said(chunk)));
    call.on("error", reject);
    call.on("end", () => resolve(seen));
  });
}

export async function refusedUnary(format: Format) {
  return ask(format, WRONG).then(
    () => Promise.reject(new Error("it did not fail")),
    (error: web.RpcError) => told(error, []),
  );
}

/** Ends with an error: the request breaks rules, or its time is up. */
export function refusedStream(format: Format, timeoutMs: number) {
  return new Promise<Told>((resolve, reject) => {
    const seen: string[] = [];
    const call = timeoutMs > 0 ? open(format, HI, { deadline: String(Date.now() + timeoutMs) }) : open(format, WRONG);
    call.on("data", (chunk) => seen.push(...said(chunk)));
    call.on("error", (error) => resolve(told(error, seen)));
    call.on("end", () => reject(new Error("it did not fail")));
  });
}

/** Leaves a stream after its first token. Only text is shown as it comes: the client reads binary answers whole. */
export function left(format: Format) {
  return new Promise<string[]>((resolve, reject) => {
    const call = open(format, HI);
    call.on("data", (chunk) => {
      const tokens = said(chunk);
      if (tokens.length > 0) {
        call.cancel();
        resolve(tokens);
      }
    });
    call.on("error", reject);
  });
}
