import { element } from "./dom.mjs";
import { elementsOf } from "./tokens.mjs";

const parser = globalThis.markdownit({ html: false, linkify: false, breaks: true });
// addresses of other places only: nothing that runs, and nothing of this server
parser.validateLink = (address) => /^(https?:|mailto:)/i.test(address.trim());

/** How many blocks at the end may change with the text that follows. */
const OPEN_BLOCKS = 2;

/** The top-level blocks of a text: `{source, from, tokens}`, `from` counted in characters. */
function blocksOf(text) {
  const lines = text.split("\n");
  const starts = [0];
  for (const line of lines) {
    starts.push(starts.at(-1) + line.length + 1);
  }
  const blocks = [];
  for (const token of parser.parse(text, {})) {
    if (token.level === 0 && token.nesting >= 0) {
      const [first, end] = token.map;
      blocks.push({ source: lines.slice(first, end).join("\n"), from: starts[first], tokens: [] });
    }
    blocks.at(-1).tokens.push(token);
  }
  return blocks;
}

/** The language of a block that is code; undefined for others. */
const codeOf = (block) => (block.tokens[0].type === "fence" ? block.tokens[0].info : undefined);

/**
 * Shows Markdown that is still growing. What cannot change any more is not read again, and elements that stay the same stay where
 * they are, with whatever is selected in them.
 */
export class MarkdownView {
  #root;
  #blocks = [];
  #settled = 0;
  #from = 0;

  constructor(root) {
    this.#root = root;
  }

  /** @param {string} text all that there is so far */
  grow(text) {
    const tail = blocksOf(text.replace(/\r\n?/g, "\n").slice(this.#from));
    this.#show(tail);
    const settled = tail.length - OPEN_BLOCKS;
    if (settled > 0) {
      this.#settled += settled;
      this.#from += tail[settled].from;
    }
  }

  /** @param {string} text all of it: what stands below may now explain what stands above */
  finish(text) {
    this.#settled = 0;
    this.#from = 0;
    this.#show(blocksOf(text.replace(/\r\n?/g, "\n")));
  }

  #show(tail) {
    tail.forEach((block, index) => this.#put(this.#settled + index, block));
    for (const gone of this.#blocks.splice(this.#settled + tail.length)) {
      gone.node.remove();
    }
  }

  #put(index, block) {
    const shown = this.#blocks[index];
    if (shown?.source === block.source && shown.resolved === resolved(block)) {
      return;
    }
    if (shown && codeOf(shown) !== undefined && codeOf(shown) === codeOf(block)) {
      shown.node.querySelector("code").firstChild.data = block.tokens[0].content;
      this.#blocks[index] = { ...block, node: shown.node, resolved: "" };
      return;
    }
    const node = element("div", { dir: "auto" }, elementsOf(block.tokens));
    if (shown) {
      shown.node.replaceWith(node);
    } else {
      this.#root.append(node);
    }
    this.#blocks[index] = { ...block, node, resolved: resolved(block) };
  }
}

/** The links of a block: definitions that come later may make some. */
function resolved(block) {
  const links = block.tokens.flatMap((token) => token.children ?? []).filter((token) => token.type === "link_open" || token.type === "image");
  return links.map((token) => token.attrGet("href") ?? token.attrGet("src")).join(" ");
}
