import { element } from "./dom.mjs";

/** What the server calls its first model. */
const FIRST = "default";

/** The choice of a model. */
export class Models {
  #list;
  #room;
  #models = null; // nobody told yet
  #secret = false;

  /**
   * @param {HTMLSelectElement} list
   * @param {import("./room.mjs").Room} room where the choice is kept
   */
  constructor(list, room) {
    this.#list = list;
    this.#room = room;
    this.#show([FIRST]);
    list.addEventListener("change", () => room.write(list.value));
  }

  /** Takes the models that there are. */
  take(models) {
    this.#models = models;
    this.#secret = false;
    this.#show(models.length > 0 ? models.map((model) => model.id) : [FIRST]);
  }

  /** Who asks may not know which there are. */
  hide() {
    this.#models = null;
    this.#secret = true;
    this.#show([FIRST]);
  }

  #show(names) {
    const chosen = this.#room.read(names[0]);
    this.#list.replaceChildren(...names.map((name) => element("option", { selected: name === chosen }, name)));
  }

  get chosen() {
    return this.#list.value;
  }

  /** A sentence about the chosen one; empty where nothing is known. */
  about() {
    if (this.#models === null) {
      return this.#secret ? "The server's first model answers; this key may not list the others." : "";
    }
    if (this.#models.length === 0) {
      return "This server has no model that can talk.";
    }
    const model = this.#models.find(({ id }) => id === this.chosen);
    const context = model.context_length ? ` It reads and writes up to ${model.context_length.toLocaleString("en")} tokens in all.` : "";
    return `${model.id} answers.${context}`;
  }
}
