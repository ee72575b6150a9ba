import { announce } from "./announcer.mjs";
import { element } from "./dom.mjs";

const SHOWN_MILLIS = 1500;

/** For pages that are not on https or the user's own machine: those have no other way. */
function copyBySelection(text) {
  const field = element("textarea", { class: "unseen", "aria-hidden": "true" });
  const before = document.activeElement;
  field.value = text;
  (before.closest("dialog") ?? document.body).append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  before.focus();
  return copied;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** A button that copies a text, and says so. */
export function copyButton(label, text) {
  const word = element("span", {}, "Copy");
  const act = async () => {
    const copied = await copy(text());
    word.textContent = copied ? "Copied" : "Not copied";
    announce(word.textContent);
    setTimeout(() => (word.textContent = "Copy"), SHOWN_MILLIS);
  };
  return element("button", { type: "button", class: "quiet", "aria-label": label, onclick: act }, word);
}
