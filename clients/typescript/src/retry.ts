import { TandemError } from "./error.js";

/** How calls are tried again. The clients for other languages have the same numbers. */
export interface RetryOptions {
  /** How often a call is made in all; 1 switches retries off. Default: 4. */
  readonly attempts?: number;
  /**
   * The longest wait before the second attempt, doubled for each further one. The wait is a random part of it, and begins when the time is up
   * for which the server asked. Default: 200.
   */
  readonly firstWaitMs?: number;
  /** The longest of these waits. Default: 5,000. */
  readonly longestWaitMs?: number;
  /** A server that asks to be left alone for longer is not asked again. Default: 30,000. */
  readonly patienceMs?: number;
  /**
   * The tokens of a client. A failure takes one, an answer gives back `refill`, and while half of them or fewer are left nothing is made
   * again, so that a server in trouble is not kept there. Default: 10.
   */
  readonly budget?: number;
  /** What an answer gives back. Default: 0.1. */
  readonly refill?: number;
}

export const DEFAULT_RETRY: Required<RetryOptions> = {
  attempts: 4,
  firstWaitMs: 200,
  longestWaitMs: 5_000,
  patienceMs: 30_000,
  budget: 10,
  refill: 0.1,
};

/** Tries calls again that failed before their first message came. */
export class Retry {
  readonly #policy: Required<RetryOptions>;
  readonly #closed: AbortSignal | undefined;
  #left: number;

  /** @param closed ends waits, and lets no call begin any more */
  constructor(options: RetryOptions = {}, closed?: AbortSignal) {
    this.#policy = { ...DEFAULT_RETRY, ...options };
    this.#closed = closed;
    this.#left = this.#policy.budget;
    if (!(this.#policy.attempts >= 1)) {
      throw new RangeError("A call is made once at least; attempts: 1 switches retries off.");
    }
    if (Object.values(this.#policy).some((each) => !(each >= 0))) {
      throw new RangeError("Waits, budget and refill must not be negative.");
    }
  }

  /**
   * Calls until it succeeds or there is no use in it. Throws TandemError.
   *
   * @param call takes what is left of the time, in whole milliseconds
   * @param timeoutMs for all tries together
   */
  async run<T>(call: (timeoutMs: number | undefined) => Promise<T>, signal?: AbortSignal, timeoutMs?: number): Promise<T> {
    const until = timeoutMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + timeoutMs;
    for (let attempt = 1; ; attempt++) {
      if (this.#closed?.aborted) {
        throw new TandemError("The client is closed.", { code: "CANCELLED" });
      }
      try {
        const left = Math.max(1, Math.ceil(until - performance.now()));
        const answer = await call(timeoutMs === undefined ? undefined : left);
        this.#left = Math.min(this.#policy.budget, this.#left + this.#policy.refill);
        return answer;
      } catch (e) {
        const error = signal?.aborted ? cancelled(e) : TandemError.from(e);
        const wait = this.waitAfter(error, attempt);
        if (wait === undefined || performance.now() + wait >= until) {
          throw error;
        }
        await pause(wait, [signal, this.#closed]);
      }
    }
  }

  /**
   * Milliseconds, or undefined where the call is not to be tried again.
   *
   * @param attempt which one failed, from 1
   */
  waitAfter(error: TandemError, attempt: number): number | undefined {
    const { attempts, firstWaitMs, longestWaitMs, patienceMs, budget } = this.#policy;
    if (!passes(error)) {
      return undefined;
    }
    this.#left = Math.max(0, this.#left - 1);
    const told = error.retryAfterMs ?? 0;
    if (this.#left <= budget / 2 || attempt >= attempts || told > patienceMs) {
      return undefined;
    }
    return told + Math.random() * Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
  }
}

function cancelled(cause?: unknown): TandemError {
  return new TandemError("The caller cancelled the call.", { code: "CANCELLED" }, { cause });
}

/** May the same call succeed later? */
function passes(error: TandemError): boolean {
  return error.code === "UNAVAILABLE" || (error.code === "RESOURCE_EXHAUSTED" && error.retryAfterMs !== undefined);
}

function pause(ms: number, signals: readonly (AbortSignal | undefined)[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      for (const each of signals) {
        each?.removeEventListener("abort", left);
      }
    };
    const left = () => {
      done();
      reject(cancelled());
    };
    const timer = setTimeout(() => {
      done();
      resolve();
    }, ms);
    for (const each of signals) {
      each?.addEventListener("abort", left);
    }
  });
}
