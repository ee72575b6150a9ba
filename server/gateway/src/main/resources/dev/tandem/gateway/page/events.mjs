/** Makes lines of the pieces of a text, however it was cut; a CR at the end of a piece may be half a CRLF. */
class Lines {
  #rest = "";

  of(piece) {
    const lines = (this.#rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    return lines;
  }
}

/**
 * The data of each server-sent event (HTML, section 9.2.6). Comments, which are signs of life, are passed over, as is an event
 * that was cut off. Who stops reading ends the request.
 *
 * @param {ReadableStream<Uint8Array>} body
 */
export async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const lines = new Lines();
  let data = [];
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      for (const line of lines.of(piece.value)) {
        const field = /^data(?:: ?(.*))?$/s.exec(line);
        if (field) {
          data.push(field[1] ?? "");
        } else if (line === "" && data.length > 0) {
          yield data.join("\n");
          data = [];
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {}); // broken already
  }
}
