/** The kinds of failure, by the names of gRPC's statuses. */
export type Code = (typeof CODES)[number];

/** In the order of their numbers, from 1. */
const CODES = [
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
] as const;

/** Of a gRPC status's number. */
export function codeOfStatus(status: number): Code {
  return CODES[status - 1] ?? "UNKNOWN";
}

/** Reasons whose code follows neither from the HTTP status nor from the error's type. */
const OF_REASON: { readonly [reason: string]: Code } = {
  answer_refused: "FAILED_PRECONDITION",
  not_found: "NOT_FOUND",
  unknown_service: "NOT_FOUND",
  model_not_found: "NOT_FOUND",
  engine_not_found: "NOT_FOUND",
  method_not_allowed: "UNIMPLEMENTED",
  unimplemented: "UNIMPLEMENTED",
  missing_message: "UNIMPLEMENTED",
  too_many_messages: "UNIMPLEMENTED",
  unknown_method: "UNIMPLEMENTED",
  unsupported_encoding: "UNIMPLEMENTED",
  http_version_not_supported: "UNIMPLEMENTED",
  upgrade_required: "UNIMPLEMENTED",
  request_too_large: "RESOURCE_EXHAUSTED",
  uri_too_long: "RESOURCE_EXHAUSTED",
  headers_too_large: "RESOURCE_EXHAUSTED",
  internal_error: "INTERNAL",
  truncated_message: "INTERNAL",
  malformed_frame: "INTERNAL",
  missing_encoding: "INTERNAL",
  malformed_gzip: "INTERNAL",
};

const OF_HTTP: { readonly [status: number]: Code } = {
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  405: "UNIMPLEMENTED",
  408: "DEADLINE_EXCEEDED",
  409: "ABORTED",
  413: "RESOURCE_EXHAUSTED",
  414: "RESOURCE_EXHAUSTED",
  426: "UNIMPLEMENTED",
  429: "RESOURCE_EXHAUSTED",
  431: "RESOURCE_EXHAUSTED",
  499: "CANCELLED",
  500: "INTERNAL",
  501: "UNIMPLEMENTED",
  502: "UNAVAILABLE",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
  505: "UNIMPLEMENTED",
};

const OF_TYPE: { readonly [type: string]: Code } = {
  authentication_error: "UNAUTHENTICATED",
  permission_error: "PERMISSION_DENIED",
  rate_limit_error: "RESOURCE_EXHAUSTED",
  timeout_error: "DEADLINE_EXCEEDED",
  cancelled: "CANCELLED",
  invalid_request_error: "INVALID_ARGUMENT",
  server_error: "UNAVAILABLE",
};

/** Of an error over REST, where the code itself is not told. */
export function codeOfRest(reason: string, status?: number, type?: string): Code {
  if (Object.hasOwn(OF_REASON, reason)) {
    return OF_REASON[reason] as Code;
  }
  if (status !== undefined) {
    return OF_HTTP[status] ?? (status < 500 ? "INVALID_ARGUMENT" : "UNKNOWN");
  }
  return OF_TYPE[type ?? ""] ?? "UNKNOWN";
}
