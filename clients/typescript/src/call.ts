import type { CallOptions } from "@connectrpc/connect";

/** The messages of one call, as they come. The call begins when the first is asked for, and ends with the loop that reads them. */
export class Messages<M, T = M> implements AsyncIterable<T> {
  readonly #open: (options: CallOptions) => AsyncIterable<M>;
  readonly #options: CallOptions;
  readonly #leaving = new AbortController();
  #begun = false;

  /** @param open begins the call, which must heed the signal that it is given */
  constructor(open: (options: CallOptions) => AsyncIterable<M>, options: CallOptions = {}) {
    this.#open = open;
    this.#options = options;
  }

  /** What a message gives to the loop; the messages themselves unless a subclass says otherwise. */
  protected *given(message: M): Iterable<T> {
    yield message as unknown as T;
  }

  /** Ends the call, and the server's work for it. A loop that still reads fails with the code CANCELLED. */
  cancel(): void {
    this.#leaving.abort();
  }

  /** The messages, where the loop over this gives only a part of them. */
  async *messages(): AsyncGenerator<M> {
    if (this.#begun) {
      throw new Error("This stream was read already. Call again for another one.");
    }
    this.#begun = true;
    const { signal } = this.#options;
    const leave = () => this.cancel();
    signal?.addEventListener("abort", leave);
    if (signal?.aborted) {
      leave();
    }
    try {
      yield* this.#open({ ...this.#options, signal: this.#leaving.signal });
    } finally {
      signal?.removeEventListener("abort", leave);
      this.cancel();
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for await (const message of this.messages()) {
      yield* this.given(message);
    }
  }
}
