/** The lines of a body, without their ends. */
export async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let open = "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const texts = (open + decoder.decode(part.value, { stream: true })).split("\n");
      open = texts.pop() ?? "";
      for (const text of texts) {
        yield text.endsWith("\r") ? text.slice(0, -1) : text;
      }
    }
    if (open !== "") {
      yield open;
    }
  } finally {
    // a reader that leaves early closes the stream, or the server would go on
    await reader.cancel().catch(() => undefined);
  }
}

const END = "[DONE]";

/** The JSON of server-sent events, up to the event that ends the stream. Comments, the signs of life, are skipped. */
export async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let data: string[] = [];
  for await (const line of lines(body)) {
    if (line.startsWith("data:")) {
      data.push(line.slice("data:".length).trimStart());
    } else if (line === "" && data.length > 0) {
      const event = data.join("\n");
      data = [];
      if (event === END) {
        return;
      }
      yield event;
    }
  }
}

/** The JSON of NDJSON. Empty lines, the signs of life, are skipped. */
export async function* records(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  for await (const line of lines(body)) {
    if (line !== "") {
      yield line;
    }
  }
}
