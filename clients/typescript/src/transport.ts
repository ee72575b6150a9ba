import type { DescMessage, DescMethodStreaming, DescMethodUnary, MessageInitShape } from "@bufbuild/protobuf";
import type { StreamResponse, Transport, UnaryResponse } from "@connectrpc/connect";
import { TandemError } from "./error.js";
import type { Retry } from "./retry.js";

/**
 * The same transport, but that calls are tried again until their first message has come, and fail with TandemError only. A call whose client
 * streams is tried once: what it sent is gone.
 *
 * @param defaultTimeoutMs for calls that name no time; undefined is no limit
 */
export function steady(transport: Transport, retry: Retry, defaultTimeoutMs: number | undefined): Transport {
  return {
    unary<I extends DescMessage, O extends DescMessage>(
      method: DescMethodUnary<I, O>,
      signal: AbortSignal | undefined,
      timeoutMs: number | undefined,
      ...rest: Rest<MessageInitShape<I>>
    ): Promise<UnaryResponse<I, O>> {
      return retry.run((left) => transport.unary(method, signal, left, ...rest), signal, timeoutMs ?? defaultTimeoutMs);
    },

    async stream<I extends DescMessage, O extends DescMessage>(
      method: DescMethodStreaming<I, O>,
      signal: AbortSignal | undefined,
      timeoutMs: number | undefined,
      ...[header, input, values]: Rest<AsyncIterable<MessageInitShape<I>>>
    ): Promise<StreamResponse<I, O>> {
      const call = async (requests: AsyncIterable<MessageInitShape<I>>, left: number | undefined) => {
        const response = await transport.stream(method, signal, left, header, requests, values);
        return { ...response, message: await begun(response.message) };
      };
      const limit = timeoutMs ?? defaultTimeoutMs;
      if (method.methodKind !== "server_streaming") {
        const response = await transport.stream(method, signal, limit, header, input, values).catch(rethrow);
        return { ...response, message: told(response.message[Symbol.asyncIterator]()) };
      }
      const requests = await collected(input);
      return retry.run((left) => call(each(requests), left), signal, limit);
    },
  };
}

type Rest<I> = [header: HeadersInit | undefined, input: I, values?: Parameters<Transport["unary"]>[5]];

function rethrow(e: unknown): never {
  throw TandemError.from(e);
}

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) {
    all.push(item);
  }
  return all;
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** The same messages, once the first is there. Until then failures are those of this function, later they are the iteration's. */
export async function begun<T>(messages: AsyncIterable<T>): Promise<AsyncGenerator<T>> {
  const rest = messages[Symbol.asyncIterator]();
  return told(rest, await rest.next());
}

async function* told<T>(rest: AsyncIterator<T>, first?: IteratorResult<T>): AsyncGenerator<T> {
  try {
    for (let next = first ?? (await rest.next()); !next.done; next = await rest.next()) {
      yield next.value;
    }
  } catch (e) {
    rethrow(e);
  } finally {
    await rest.return?.();
  }
}
