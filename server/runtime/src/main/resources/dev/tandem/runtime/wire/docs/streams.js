"use strict";

/**
 * A plugin for Swagger UI, which by itself shows an answer only when it is complete: shows each message of a stream
 * (text/event-stream, application/x-ndjson) as it arrives, above the operation's responses, with a button that ends the
 * request. When the stream has ended, Swagger UI shows the answer as any other.
 *
 * Where messages are JSON, the texts below a field `delta`, which by its name holds what is added, are also shown joined.
 */
function StreamsPlugin({ React }) {
  /** The newest messages that are shown; the answer as a whole keeps all. */
  const SHOWN = 200;

  /** The run of each operation that was tried, by `method path`. */
  const runs = new Map();
  const views = new Set();
  let drawing = false;

  /** Lets the views draw at the next frame: a fast stream must not draw once a message. */
  function changed() {
    if (!drawing) {
      drawing = true;
      requestAnimationFrame(() => {
        drawing = false;
        views.forEach((draw) => draw());
      });
    }
  }

  /** Makes lines of the pieces of a text, however it was cut; a CR at the end may be half a CRLF. */
  function lines(take) {
    let rest = "";
    return (piece) => {
      const parts = (rest + piece).split(/\r\n|\n|\r(?!$)/);
      rest = parts.pop();
      parts.forEach(take);
    };
  }

  /** What makes messages of a text's pieces, by media type. */
  const readers = {
    "application/x-ndjson": (take) => lines((line) => line.trim() && take(line)),
    // HTML, section 9.2.6: fields and comments, a line each, up to an empty line
    "text/event-stream": (take) => {
      let data = [];
      return lines((line) => {
        const field = /^data(?:: ?(.*))?$/s.exec(line);
        if (field) {
          data.push(field[1] || "");
        } else if (line === "" && data.length > 0) {
          take(data.join("\n"));
          data = [];
        }
      });
    },
  };

  /** Appends the texts below fields named `delta` to those that came before, by their path. */
  function joinDeltas(value, path, inside, texts) {
    if (typeof value === "string" && inside) {
      const before = texts.get(path) || { text: "", pieces: 0 };
      texts.set(path, { text: before.text + value, pieces: before.pieces + 1 });
    } else if (value !== null && typeof value === "object") {
      for (const [key, child] of Object.entries(value)) {
        const step = Array.isArray(value) ? `[${key}]` : (path && ".") + key;
        joinDeltas(child, path + step, inside || key === "delta", texts);
      }
    }
  }

  function take(run, message) {
    run.count++;
    run.messages.push(message);
    if (run.messages.length > SHOWN) {
      run.messages.shift();
    }
    try {
      joinDeltas(JSON.parse(message), "", false, run.texts);
    } catch {
      // not JSON, such as [DONE]: shown as it is
    }
    changed();
  }

  /** Reads a stream to its end, or until it is stopped, and returns it as one answer for Swagger UI. */
  async function readOut(response, reader, run) {
    let whole = "";
    run.state = "running";
    changed();
    try {
      const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
        whole += piece.value;
        reader(piece.value);
      }
      run.state = "ended";
    } catch (failure) {
      run.state = run.abort.signal.aborted ? "stopped" : "broken";
    }
    changed();
    const { status, statusText, headers } = response;
    return new Response(whole, { status, statusText, headers });
  }

  /** Fetches for Swagger UI. */
  async function fetchLive(operation, url, request) {
    const run = { state: "waiting", count: 0, messages: [], texts: new Map(), abort: new AbortController() };
    runs.set(operation, run);
    changed();
    let streams = false;
    try {
      const response = await fetch(url, { ...request, signal: run.abort.signal });
      const type = (response.headers.get("content-type") || "").split(";")[0].trim().toLowerCase();
      streams = Object.hasOwn(readers, type) && response.body !== null;
      return streams ? await readOut(response, readers[type]((message) => take(run, message)), run) : response;
    } finally {
      if (!streams) {
        forget(operation, run);
      }
    }
  }

  function forget(operation, run) {
    if (runs.get(operation) === run) {
      runs.delete(operation);
      changed();
    }
  }

  const states = {
    waiting: "Waiting for the answer",
    running: "Messages are arriving",
    ended: "The stream has ended",
    stopped: "Stopped",
    broken: "The connection broke",
  };

  /** What is seen of one operation's run; nothing where there is none. */
  function StreamView({ operation }) {
    const [, draw] = React.useReducer((times) => times + 1, 0);
    const log = React.useRef(null);
    React.useEffect(() => {
      views.add(draw);
      return () => views.delete(draw);
    }, []);
    React.useEffect(() => {
      if (log.current) {
        log.current.scrollTop = log.current.scrollHeight;
      }
    });
    const run = runs.get(operation);
    if (!run) {
      return null;
    }
    const h = React.createElement;
    const active = run.state === "waiting" || run.state === "running";
    const stop = { type: "button", className: "btn stream-stop", onClick: () => run.abort.abort() };
    const area = (name, label, role) => ({ className: name, tabIndex: 0, role, "aria-label": label });
    const joined = [...run.texts]
      .filter(([, { pieces }]) => pieces > 1)
      .map(([path, { text }]) => h("pre", { key: path, ...area("stream-text", `${path}, joined`, "region") }, text));
    const messages = { ref: log, ...area("stream-log", "Messages", "log"), "aria-live": "off" };
    return h(
      "section",
      { className: `stream-view stream-${run.state}`, "aria-label": "Stream" },
      h(
        "header",
        null,
        h("h4", null, "Stream"),
        h("span", { role: "status" }, states[run.state]),
        h("span", { className: "stream-state" }, run.count > 0 && `${run.count} messages`),
        active && h("button", stop, "Stop"),
      ),
      joined,
      run.count > 0 && h("pre", messages, run.messages.join("\n")),
    );
  }

  const nameOf = (path, method) => `${method} ${path}`;

  return {
    statePlugins: {
      spec: {
        wrapActions: {
          executeRequest: (original) => (request) => {
            const operation = nameOf(request.pathName, request.method);
            return original({ ...request, userFetch: (url, init) => fetchLive(operation, url, init) });
          },
          clearResponse: (original) => (path, method) => {
            const run = runs.get(nameOf(path, method));
            if (run) {
              run.abort.abort();
              forget(nameOf(path, method), run);
            }
            return original(path, method);
          },
        },
      },
    },
    wrapComponents: {
      responses: (Original) => (props) => {
        const operation = nameOf(props.path, props.method);
        const view = React.createElement(StreamView, { operation });
        return React.createElement(React.Fragment, null, view, React.createElement(Original, props));
      },
    },
  };
}
