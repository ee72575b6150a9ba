/** Why there is no answer, or no more of it. */
export class Failure extends Error {
  /** `refused` by the server, `lost` where it cannot be reached, `cut` where an answer ends too early, `unusable` for a key. */
  kind;
  /** The HTTP status, or 0. */
  status;
  /** For programs: `validation_failed`. */
  code;
  /** Rules that the request breaks: `{field, message}`. */
  details;
  /** Finds the request in the server's log. */
  requestId;
  /** When trying again makes sense, in seconds; null where the server does not tell. */
  retryAfter;

  constructor(kind, message, { status = 0, code = "", details = [], requestId = "", retryAfter = null } = {}) {
    super(message);
    Object.assign(this, { kind, status, code, details, requestId, retryAfter });
  }

  /** The server's word: the object below `error`. */
  static told(error, status, retryAfter = null) {
    return new Failure("refused", error.message || "The server did not say why.", {
      status,
      code: error.code ?? "",
      details: Array.isArray(error.details) ? error.details : [],
      requestId: error.request_id ?? "",
      retryAfter: error.retry_after ?? retryAfter,
    });
  }

  /** The server's refusal, by an answer without success. */
  static async of(response) {
    const seconds = Number.parseInt(response.headers.get("retry-after"), 10);
    const retryAfter = Number.isNaN(seconds) ? null : seconds;
    const text = await response.text().catch(() => "");
    try {
      return Failure.told(JSON.parse(text).error, response.status, retryAfter);
    } catch {
      return Failure.foreign(response.status, retryAfter); // a proxy's page, perhaps
    }
  }

  static foreign(status, retryAfter = null) {
    return new Failure("refused", `The answer was HTTP ${status}, and none of this server's.`, { status, retryAfter });
  }

  static lost() {
    return new Failure("lost", "Is it running, and is there a network?");
  }

  static cut() {
    return new Failure("cut", "The connection ended before the answer did.");
  }

  static unusable() {
    return new Failure("unusable", "It has characters that no key has, perhaps invisible ones: copy it once more.");
  }

  /** Does it take another key to go on? */
  get asksForKey() {
    return this.status === 401 || this.kind === "unusable";
  }

  /** A few words that stand above the message. */
  get title() {
    const titles = {
      401: "The server asks who you are",
      403: "This is not allowed",
      404: "There is no such model",
      422: "Something in the settings or the message is not valid",
      429: "That was too much for now",
      503: "The server is busy",
      504: "It took too long",
    };
    if (this.kind === "lost") {
      return "The server cannot be reached";
    }
    if (this.kind === "cut") {
      return "The answer broke off";
    }
    if (this.kind === "unusable") {
      return "The API key cannot be used";
    }
    if (this.code === "model_loading") {
      return "The model is being loaded";
    }
    return titles[this.status] ?? "The server could not answer";
  }
}
