// Connect's client for browsers, over both of its transports.

import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";
import { BadRequestSchema, ErrorInfoSchema } from "./gen/google/rpc/error_details_pb";
import { ChatService } from "./gen/tandem/v1/chat_pb";
import { EmbeddingService } from "./gen/tandem/v1/embedding_pb";
import { ModelService } from "./gen/tandem/v1/models_pb";
import { type ChatInit, HI, said, WRONG } from "./requests";

export type Way = { transport: "connect" | "grpc-web"; binary: boolean };

function transport(way: Way, baseUrl = location.origin): Transport {
  const options = { baseUrl, useBinaryFormat: way.binary };
  return way.transport === "connect" ? createConnectTransport({ ...options, useHttpGet: true }) : createGrpcWebTransport(options);
}

function chat(way: Way) {
  return createClient(ChatService, transport(way));
}

export async function models(way: Way) {
  const list = await createClient(ModelService, transport(way)).listModels({});
  return list.data.map((model) => model.id);
}

export async function vectors(way: Way, texts: string[]) {
  const answer = await createClient(EmbeddingService, transport(way)).embed({
    model: "tiny",
    input: texts.map((value) => ({ input: { case: "text", value } })),
  });
  // JSON's numbers are not rounded to floats
  return answer.data.map((item) => (item.embedding?.floats ?? []).map(Math.fround));
}

export async function tokens(way: Way) {
  const all: string[] = [];
  for await (const chunk of chat(way).stream(HI)) {
    all.push(...said(chunk));
  }
  return all;
}

/** How a call fails, with what the details of the error are. */
async function failure(call: () => Promise<unknown>) {
  try {
    await call();
  } catch (e) {
    const error = ConnectError.from(e);
    return {
      code: Code[error.code],
      message: error.rawMessage,
      requestId: error.metadata.get("x-request-id"),
      reasons: error.findDetails(ErrorInfoSchema).map((info) => info.reason),
      fields: error.findDetails(BadRequestSchema).flatMap((bad) => bad.fieldViolations.map((each) => each.field)),
    };
  }
  throw new Error("it did not fail");
}

async function rest(stream: AsyncIterable<unknown>) {
  for await (const _ of stream);
}

export async function refusedUnary(way: Way) {
  return failure(() => chat(way).complete(WRONG));
}

export async function refusedStream(way: Way) {
  return failure(() => rest(chat(way).stream(WRONG)));
}

/** An answer that breaks off. */
export async function broken(way: Way) {
  const seen: string[] = [];
  const error = await failure(async () => {
    for await (const chunk of chat(way).stream(HI)) {
      seen.push(...said(chunk));
    }
  });
  return { ...error, seen };
}

/** Leaves a stream after its first token. */
export async function left(way: Way) {
  const abort = new AbortController();
  const seen: string[] = [];
  const error = await failure(async () => {
    for await (const chunk of chat(way).stream(HI, { signal: abort.signal })) {
      seen.push(...said(chunk));
      if (seen.length > 0) {
        abort.abort();
      }
    }
  });
  return { ...error, seen };
}

export async function late(way: Way, timeoutMs: number, request: ChatInit = HI) {
  return failure(() => rest(chat(way).stream(request, { timeoutMs })));
}

export async function lateUnary(way: Way, timeoutMs: number) {
  return failure(() => chat(way).complete(HI, { timeoutMs }));
}

export async function manyTokens(way: Way, streams: number) {
  return Promise.all(Array.from({ length: streams }, () => tokens(way)));
}

/** Calls a server that is not the page's own. */
export async function elsewhere(way: Way, baseUrl: string) {
  return failure(() => createClient(ChatService, transport(way, baseUrl)).complete(HI));
}
