// Where the page stands, as some open it: with user and password in the address.
globalThis.location = new URL("http://me:secret@127.0.0.1:8080/below/");

// The page's own modules, where they are packed from.
const here = new URL("../../main/resources/dev/tandem/gateway/page/", import.meta.url);

export const module = (name) => import(new URL(name, here).href);

/** A body that arrives in these pieces: texts or bytes. */
export function bodyOf(...pieces) {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) {
        controller.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
      }
      controller.close();
    },
  });
}
