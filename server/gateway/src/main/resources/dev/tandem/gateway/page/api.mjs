import { addressOf } from "./address.mjs";
import { events } from "./events.mjs";
import { Failure } from "./failures.mjs";

/**
 * Asks this server.
 *
 * @param {string} key replaces what the browser would show of its own; empty for none
 * @throws Failure where there is no good answer
 */
async function ask(path, key, init) {
  if (/[^\x21-\x7e]/.test(key)) {
    throw Failure.unusable(); // no header may have it
  }
  const headers = key ? { ...init.headers, authorization: `Bearer ${key}` } : init.headers;
  let response;
  try {
    response = await fetch(addressOf(path), { ...init, headers, credentials: key ? "omit" : "same-origin", cache: "no-store" });
  } catch (trouble) {
    throw trouble.name === "AbortError" ? trouble : Failure.lost();
  }
  if (!response.ok) {
    throw await Failure.of(response);
  }
  return response;
}

/** The models that can talk: `{id, context_length}`. */
export async function models(key) {
  const response = await ask("v1/models", key, { headers: { accept: "application/json" } });
  const text = await response.text().catch(() => {
    throw Failure.lost();
  });
  try {
    return JSON.parse(text).data.filter((model) => model.capabilities.includes("chat"));
  } catch {
    throw Failure.foreign(response.status); // a proxy's page to log in, perhaps
  }
}

function chunkOf(data) {
  const chunk = JSON.parse(data);
  if (chunk.error) {
    throw Failure.told(chunk.error, 0);
  }
  return chunk;
}

/**
 * The chunks of an answer, as they come.
 *
 * @throws Failure also in the middle; AbortError where the signal says so
 */
export async function* chat(request, key, signal) {
  const response = await ask("v1/chat/completions", key, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify(request),
    signal,
  });
  let done = false; // then only the end of the body is to come
  try {
    for await (const data of events(response.body)) {
      done ||= data === "[DONE]";
      if (!done) {
        yield chunkOf(data);
      }
    }
  } catch (trouble) {
    if (!done) {
      throw signal.aborted || trouble instanceof Failure ? trouble : Failure.cut();
    }
  }
  if (!done) {
    throw Failure.cut();
  }
}
