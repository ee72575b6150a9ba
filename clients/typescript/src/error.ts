import { type Code as ConnectCode, ConnectError } from "@connectrpc/connect";
import { type Code, codeOfRest, codeOfStatus } from "./code.js";
import { BadRequestSchema, ErrorInfoSchema, QuotaFailureSchema, RetryInfoSchema } from "./gen/google/rpc/error_details_pb.js";

/** A rule that a request breaks, or a limit that refuses it. */
export interface Violation {
  /** The path of the field (`messages[0].content`), or whose limit it is (`caller`). */
  readonly field: string;
  /** The rule (`repeated.min_items`), or which limit (`requests_per_minute`). */
  readonly rule: string;
  /** What is wrong, for people. */
  readonly message: string;
}

/** What an error tells beside its message. */
export interface Told {
  readonly code: Code;
  readonly reason?: string;
  readonly param?: string;
  readonly violations?: readonly Violation[];
  readonly requestId?: string;
  readonly retryAfterMs?: number | undefined;
}

/** The error of the REST face: what stands under `error`. */
export interface RestError {
  readonly message?: string;
  readonly type?: string;
  readonly code?: string | null;
  readonly param?: string | null;
  readonly details?: readonly Violation[];
  readonly request_id?: string;
  readonly retry_after?: number;
}

/** How a call failed: the one class of error that calls throw, whatever wire they take. */
export class TandemError extends Error {
  override readonly name = "TandemError";
  /** What kind of failure it is: the name of the gRPC status. */
  readonly code: Code;
  /** For programs: `model_not_found`. Empty where nobody but this client saw the failure. */
  readonly reason: string;
  /** The field at fault, or empty. */
  readonly param: string;
  /** Every broken rule. */
  readonly violations: readonly Violation[];
  /** By this the server's log finds the call. Empty where no answer came. */
  readonly requestId: string;
  /** When to try again, where the server says so. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, told: Told, options?: ErrorOptions) {
    super(message, options);
    this.code = told.code;
    this.reason = told.reason ?? "";
    this.param = told.param ?? "";
    this.violations = told.violations ?? [];
    this.requestId = told.requestId ?? "";
    this.retryAfterMs = told.retryAfterMs;
  }

  /** Whatever was thrown, as this class. */
  static from(thrown: unknown): TandemError {
    if (thrown instanceof TandemError) {
      return thrown;
    }
    if (thrown instanceof Error && thrown.name === "TimeoutError") {
      return new TandemError("The call's time was up before its answer was complete.", { code: "DEADLINE_EXCEEDED" }, { cause: thrown });
    }
    const error = ConnectError.from(thrown);
    if (error.cause instanceof TandemError) {
      return error.cause;
    }
    const info = error.findDetails(ErrorInfoSchema)[0];
    if (info === undefined && lostConnection(error)) {
      return new TandemError(whole(error), { code: "UNAVAILABLE" }, { cause: thrown });
    }
    return new TandemError(
      error.rawMessage,
      {
        code: codeOfStatus(error.code),
        reason: info?.reason ?? "",
        param: info?.metadata["param"] ?? "",
        violations: violations(error),
        requestId: info?.metadata["request_id"] ?? error.metadata.get("x-request-id") ?? "",
        retryAfterMs: retryAfterMs(error),
      },
      { cause: thrown },
    );
  }

  /**
   * The error that REST tells.
   *
   * @param status the answer's HTTP status; absent where the error is the last event of a stream
   * @param retryAfter the answer's header of that name
   */
  static fromRest(error: RestError, status?: number, retryAfter: string | null = null): TandemError {
    return new TandemError(error.message ?? `The server answered with HTTP status ${status}.`, {
      code: codeOfRest(error.code ?? "", status, error.type),
      reason: error.code ?? "",
      param: error.param ?? "",
      violations: error.details ?? [],
      requestId: error.request_id ?? "",
      retryAfterMs: error.retry_after === undefined ? millis(retryAfter) : error.retry_after * 1000,
    });
  }
}

function violations(error: ConnectError): Violation[] {
  const rules = error
    .findDetails(BadRequestSchema)
    .flatMap((bad) => bad.fieldViolations)
    .map(({ field, reason, description }) => ({ field, rule: reason, message: description }));
  const limits = error
    .findDetails(QuotaFailureSchema)
    .flatMap((failure) => failure.violations)
    .map(({ subject, quotaId, description }) => ({ field: subject, rule: quotaId, message: description }));
  return [...rules, ...limits];
}

function retryAfterMs(error: ConnectError): number | undefined {
  const delay = error.findDetails(RetryInfoSchema)[0]?.retryDelay;
  // a proxy that refuses the call itself has but the header
  return delay === undefined ? millis(error.metadata.get("retry-after")) : Number(delay.seconds) * 1000 + Math.ceil(delay.nanos / 1e6);
}

/** Of whole seconds; a date is not heeded. */
function millis(retryAfter: string | null): number | undefined {
  return retryAfter !== null && /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : undefined;
}

/** With what stands behind it: the one of fetch alone is "fetch failed". */
function whole(error: ConnectError): string {
  const { cause } = error;
  const behind = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : "";
  return behind === "" || error.rawMessage.includes(behind) ? error.rawMessage : `${error.rawMessage}: ${behind}`;
}

const CANCELED: ConnectCode = 1;
const DEADLINE_EXCEEDED: ConnectCode = 4;

/** Did the connection break, or never stand? Node tells by a system's error, browsers by a TypeError of fetch. */
function lostConnection(error: ConnectError): boolean {
  if (error.code === CANCELED || error.code === DEADLINE_EXCEEDED) {
    return false;
  }
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof TypeError || ("code" in cause && LOST.test(String(cause.code)))) {
      return true;
    }
  }
  return false;
}

const LOST = /^(E[A-Z]+|ERR_HTTP2_.*|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_SOCKET)$/;
