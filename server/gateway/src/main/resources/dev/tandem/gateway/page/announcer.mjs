import { byId } from "./dom.mjs";

/** Longer answers are read by who wants to, not aloud at once. */
const MOST = 1000;

const SECONDS = 10;

/** Says something to those who cannot see it, once: it does not stay on the page. */
function say(place, text) {
  place.textContent = text.length > MOST ? `${text.slice(0, MOST)} …` : text;
  setTimeout(() => {
    if (place.textContent.startsWith(text.slice(0, MOST))) {
      place.textContent = "";
    }
  }, SECONDS * 1000);
}

/** When nothing else is being said. What stands beside an open dialog is not read: each has a place of its own. */
export const announce = (text) => say(document.querySelector("dialog[open] [aria-live]") ?? byId("announcements"), text);

/** At once. */
export const alarm = (text) => say(byId("alerts"), text);
