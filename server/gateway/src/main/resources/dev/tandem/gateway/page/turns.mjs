import { copyButton } from "./copying.mjs";
import { element } from "./dom.mjs";
import { MarkdownView } from "./markdown.mjs";
import { troubleView } from "./trouble.mjs";

const ENDS = {
  length: "The answer was cut: it reached the limit of tokens.",
  content_filter: "The answer was withheld by a filter.",
  tool_calls: "The model wanted to call a tool; this page has none.",
};

const UNDONE = { stopped: "Stopped.", failed: "There was an error." };

/** In seconds: what came faster came at once. */
const MEASURABLE = 0.1;

function quietButton(label, act) {
  return element("button", { type: "button", class: "quiet", onclick: act }, label);
}

/** A question and its answer on the page. */
export class TurnView {
  element;
  #turn;
  #ways;
  #thoughts = element("div", { class: "text" });
  #folded = element("details", { class: "thoughts", hidden: true }, element("summary", {}, "Thoughts"), this.#thoughts);
  #text = element("div", { class: "text" });
  #notes = element("div", { class: "notes" });
  #asked = element("div", { class: "acts" });
  #reply;
  #thoughtsView = new MarkdownView(this.#thoughts);
  #textView = new MarkdownView(this.#text);

  /**
   * @param {{again: () => void, edit: () => void, settings: (violations: object[]) => void, useKey: (key: string) => void}} ways what can be done with the last turn
   */
  constructor(turn, ways) {
    this.#turn = turn;
    this.#ways = ways;
    const who = element("h2", { class: "who" }, turn.answer.model);
    this.#reply = element("article", { class: "answer", "aria-label": "Answer" }, who, this.#folded, this.#text, this.#notes);
    this.element = element(
      "li",
      {},
      element(
        "article",
        { class: "question", "aria-label": "Question" },
        element("h2", { class: "unseen" }, "You"),
        element("div", { class: "said", dir: "auto" }, turn.question),
        this.#asked,
      ),
      this.#reply,
    );
  }

  /** Shows more of an answer that is still coming. */
  grow() {
    const { text, thoughts } = this.#turn.answer;
    this.#reply.classList.toggle("waits", text === "" && thoughts === "");
    this.#reply.setAttribute("aria-busy", "true");
    this.#folded.hidden = thoughts === "";
    this.#folded.classList.toggle("live", text === "");
    this.#thoughtsView.grow(thoughts);
    this.#textView.grow(text);
  }

  /**
   * Shows the turn as it is now, and stays.
   *
   * @param {boolean} last can it be changed?
   * @param {import("./failures.mjs").Failure | null} failure
   */
  settle(last, failure) {
    const { text, thoughts } = this.#turn.answer;
    this.#reply.classList.remove("waits");
    this.#reply.removeAttribute("aria-busy");
    this.#folded.hidden = thoughts === "";
    this.#folded.classList.remove("live");
    this.#thoughtsView.finish(thoughts);
    this.#textView.finish(text);
    this.#notes.replaceChildren(...this.#ending(failure), this.#acts(last, failure));
    this.#asked.replaceChildren(...(last ? [quietButton("Edit", this.#ways.edit)] : []));
  }

  /** While an answer is coming nothing can be done with it. */
  begin() {
    this.#notes.replaceChildren();
    this.#asked.replaceChildren();
    this.grow();
  }

  /** What is said of the answer, for who cannot see it. */
  spoken() {
    const copy = this.#text.cloneNode(true);
    copy.querySelectorAll("figcaption").forEach((caption) => caption.remove());
    const ending = this.#notes.querySelector(".ending");
    return `${copy.textContent} ${ending?.textContent ?? ""}`.trim();
  }

  #ending(failure) {
    const { state, finish, text } = this.#turn.answer;
    if (failure) {
      return [troubleView(failure, this.#ways)];
    }
    const words = state === "done" ? (ENDS[finish] ?? (text === "" ? "The answer is empty." : "")) : UNDONE[state];
    return words ? [element("p", { class: "ending" }, words)] : [];
  }

  #acts(last, failure) {
    const { text } = this.#turn.answer;
    const acts = element("div", { class: "acts" });
    if (text !== "") {
      acts.append(copyButton("Copy answer", () => text));
    }
    if (last && !failure) {
      acts.append(quietButton("Ask again", this.#ways.again));
    }
    const told = this.#told();
    if (told) {
      acts.append(element("span", { class: "told" }, told));
    }
    return acts;
  }

  #told() {
    const { usage, seconds } = this.#turn.answer;
    if (!usage) {
      return "";
    }
    const made = usage.completion_tokens;
    const speed = seconds > MEASURABLE && made > 1 ? ` · ${((made - 1) / seconds).toFixed(1)} tokens/s` : "";
    return `${usage.prompt_tokens} tokens in, ${made} out${speed}`;
  }
}
