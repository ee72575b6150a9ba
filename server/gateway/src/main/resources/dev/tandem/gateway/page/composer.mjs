import { byId } from "./dom.mjs";

/** Is the key for an input method, which makes signs of several? Safari tells it by the code alone. */
const composing = (event) => event.isComposing || event.keyCode === 229;

/** Where questions are written. */
export class Composer {
  #field = byId("question");
  #button = byId("send");
  #editing = byId("editing");
  #ways;
  #running = false;
  #drafted = "";

  /**
   * @param {{send: (text: string) => void, stop: () => void}} ways
   */
  constructor(ways) {
    this.#ways = ways;
    this.#field.addEventListener("keydown", (event) => this.#typed(event));
    this.#field.addEventListener("input", () => this.#fit());
    this.#button.addEventListener("click", () => (this.#running ? ways.stop() : this.#send()));
    byId("composer").addEventListener("submit", (event) => event.preventDefault());
    byId("keep").addEventListener("click", () => this.leaveEdit());
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !composing(event) && !document.querySelector("dialog[open]")) {
        this.#escaped();
      }
    });
  }

  #escaped() {
    if (this.#running) {
      this.#ways.stop();
    } else if (this.editing) {
      this.leaveEdit();
    }
  }

  #typed(event) {
    if (event.key === "Enter" && !event.shiftKey && !composing(event)) {
      event.preventDefault();
      this.#send();
    }
  }

  #send() {
    const text = this.#field.value;
    if (text.trim() !== "" && !this.#running) {
      this.#ways.send(text);
    }
    this.#field.focus();
  }

  /** The field grows with its text, up to what the style allows. */
  #fit() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight}px`;
  }

  get editing() {
    return !this.#editing.hidden;
  }

  /** Shows a question to be changed. */
  edit(text) {
    if (!this.editing) {
      this.#drafted = this.#field.value;
    }
    this.#editing.hidden = false;
    this.write(text);
  }

  /** Leaves the question as it was. */
  leaveEdit() {
    this.#editing.hidden = true;
    this.write(this.#drafted);
  }

  write(text) {
    this.#field.value = text;
    this.#fit();
    this.#field.focus();
  }

  /** Empty, for the next question. */
  clear() {
    this.#editing.hidden = true;
    this.#drafted = "";
    this.write("");
  }

  /** Is an answer coming? Then the button stops it. */
  runs(running) {
    this.#running = running;
    this.#button.setAttribute("aria-label", running ? "Stop" : "Send");
    this.#button.classList.toggle("stops", running);
  }
}
