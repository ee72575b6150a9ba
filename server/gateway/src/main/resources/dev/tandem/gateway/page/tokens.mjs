import { copyButton } from "./copying.mjs";
import { element } from "./dom.mjs";
import { pieces } from "./links.mjs";

/** What may stand in an answer beside texts; anything else that the parser knows becomes text. */
const TAGS = new Set("p strong em s ul ol li blockquote table thead tbody tr th td hr br".split(" "));

/** A box with code, and a button that copies it: without the last line's end, at which a terminal would run it. */
export function codeBox(text, language) {
  const code = element("code", {}, text);
  return element(
    "figure",
    { class: "code", dir: "ltr" },
    element("figcaption", {}, element("span", {}, language), copyButton("Copy code", () => code.textContent.replace(/\n$/, ""))),
    element("pre", { tabindex: "0" }, code),
  );
}

function link(href, ...children) {
  return element("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, ...children);
}

/** Pictures are named and never loaded: an answer could tell others by their addresses what was said. */
function picture(token, growing) {
  const name = `Picture: ${token.content || token.attrGet("src")}`;
  return growing.inLink ? document.createTextNode(name) : link(token.attrGet("src"), name);
}

/** The elements that are open while tokens are read. */
class Growing {
  #open;

  constructor(root) {
    this.#open = [root];
  }

  add(node) {
    this.#open.at(-1).append(node);
  }

  get inLink() {
    return this.#open.some((node) => node.tagName === "A");
  }

  /** Addresses in it become links, but within a link. */
  text(content) {
    const parts = this.inLink ? [{ text: content }] : pieces(content);
    this.#open.at(-1).append(...parts.map((part) => (part.address ? link(part.text, part.text) : part.text)));
  }

  enter(node) {
    this.add(node);
    this.#open.push(node);
  }

  leave() {
    this.#open.pop();
  }
}

/** Below the heading of the message, whatever level an answer begins with, so that none is skipped; it looks as it was meant. */
function heading(tag) {
  return element(Number(tag[1]) <= 3 ? "h3" : "h4", { class: `as-${tag}` });
}

function opened(token, growing) {
  if (token.type === "heading_open") {
    return heading(token.tag);
  }
  if (token.type === "link_open") {
    return link(token.attrGet("href"));
  }
  if (!TAGS.has(token.tag)) {
    return element("span");
  }
  const made = element(token.tag);
  if (token.tag === "ol" && token.attrGet("start") !== null) {
    made.start = Number(token.attrGet("start"));
  }
  if (token.tag === "th" || token.tag === "td") {
    made.style.textAlign = /text-align:(\w+)/.exec(token.attrGet("style") ?? "")?.[1] ?? "";
  }
  return made;
}

const LEAVES = {
  softbreak: () => element("br"),
  hardbreak: () => element("br"),
  hr: () => element("hr"),
  code_inline: (token) => element("code", {}, token.content),
  code_block: (token) => codeBox(token.content, ""),
  fence: (token) => codeBox(token.content, token.info.trim().split(/\s+/)[0]),
  image: picture,
};

function grow(tokens, growing) {
  for (const token of tokens) {
    if (token.hidden) {
      continue; // the paragraphs of a tight list
    }
    if (token.type === "inline") {
      grow(token.children, growing);
    } else if (token.type === "text") {
      growing.text(token.content);
    } else if (token.nesting === 1) {
      if (token.type === "table_open") {
        growing.enter(element("div", { class: "wide", tabindex: "0", role: "group", "aria-label": "Table" }));
      }
      growing.enter(opened(token, growing));
    } else if (token.nesting === -1) {
      growing.leave();
      if (token.type === "table_close") {
        growing.leave();
      }
    } else {
      growing.add(LEAVES[token.type]?.(token, growing) ?? token.content);
    }
  }
}

/** The elements of a block's tokens. */
export function elementsOf(tokens) {
  const root = document.createDocumentFragment();
  grow(tokens, new Growing(root));
  return root;
}
