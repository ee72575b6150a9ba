/**
 * An element. Its children are elements and texts; no text is ever read as HTML.
 *
 * @param {string} tag
 * @param {object} attributes by their names in HTML; `false` and `null` leave one out, functions are listeners (`onclick`)
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      made.addEventListener(name.slice(2), value);
    } else if (value !== false && value !== null) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children);
  return made;
}

/** The element of the page with this id. */
export const byId = (id) => document.getElementById(id);
