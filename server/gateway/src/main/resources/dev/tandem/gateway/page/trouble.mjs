import { element } from "./dom.mjs";
import { OPTIONS } from "./options.mjs";

/**
 * A failure, and what can be done about it.
 *
 * @param {import("./failures.mjs").Failure} failure
 * @param {{again: () => void, settings: (violations: object[]) => void, useKey: (key: string) => void}} ways
 */
export function troubleView(failure, ways) {
  const facts = [failure.code, failure.status ? `HTTP ${failure.status}` : "", failure.requestId].filter((fact) => fact !== "");
  const view = element(
    "div",
    { class: "trouble", role: "group", "aria-label": "Error" },
    element("strong", {}, failure.title),
    element("p", {}, failure.message),
  );
  if (failure.details.length > 0) {
    view.append(element("ul", {}, ...failure.details.map(violation)));
  }
  if (facts.length > 0) {
    view.append(element("p", { class: "facts" }, facts.join(" · ")));
  }
  view.append(failure.asksForKey ? keyForm(ways.useKey) : againLine(failure, ways));
  return view;
}

function violation({ field, message }) {
  return element("li", {}, element("code", {}, field), ` ${message}`);
}

function keyForm(useKey) {
  const field = element("input", { type: "password", autocomplete: "off", spellcheck: "false", required: true });
  const use = (event) => {
    event.preventDefault();
    useKey(field.value.trim());
  };
  return element(
    "form",
    { class: "key-form", onsubmit: use },
    element("label", {}, "API key ", field),
    element("button", { type: "submit", class: "main" }, "Use this key"),
  );
}

function againLine(failure, ways) {
  const line = element("p", {}, element("button", { type: "button", class: "again", onclick: ways.again }, "Try again"));
  const settable = failure.details.some(({ field }) => OPTIONS.some(({ name }) => name === field));
  if (settable || failure.status === 403) { // another key may be allowed it
    line.append(" ", element("button", { type: "button", onclick: () => ways.settings(failure.details) }, "Change settings"));
  }
  if (failure.retryAfter !== null) {
    const wait = element("span", { class: "wait" });
    line.append(" ", wait);
    countDown(wait, performance.now() + failure.retryAfter * 1000);
  }
  return line;
}

/** Tells how long the server wants to be left alone, as long as the line is seen. */
function countDown(place, until) {
  const seconds = Math.ceil((until - performance.now()) / 1000);
  place.textContent = seconds > 0 ? `The server asks for ${seconds} s of patience.` : "Now is a good time.";
  if (seconds > 0) {
    setTimeout(() => place.isConnected && countDown(place, until), 1000);
  }
}
