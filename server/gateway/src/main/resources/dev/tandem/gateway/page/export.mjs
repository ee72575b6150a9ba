import { addressOf } from "./address.mjs";
import { byId, element } from "./dom.mjs";
import { curlOf, requestOf } from "./request.mjs";
import { codeBox } from "./tokens.mjs";

/** Shows the last question as a command, and hands out the conversation. */
export class Export {
  #dialog = byId("export-dialog");
  #conversation;
  #settings;

  constructor(conversation, settings) {
    this.#conversation = conversation;
    this.#settings = settings;
    byId("export").addEventListener("click", () => this.#open());
    byId("export-close").addEventListener("click", () => this.#dialog.close());
    byId("download").addEventListener("click", () => this.#download());
  }

  #request() {
    const { turns, last } = this.#conversation;
    return requestOf(last.answer.model, this.#settings, turns);
  }

  #open() {
    const asked = this.#conversation.turns.length > 0;
    const address = addressOf("v1/chat/completions");
    const keyed = this.#settings.key !== "";
    byId("curl").replaceChildren(
      asked ? codeBox(curlOf(address, this.#request(), keyed), "sh") : element("p", { class: "aside" }, "Nothing has been asked yet."),
    );
    byId("curl-key").hidden = !asked || !keyed;
    byId("download").disabled = !asked;
    this.#dialog.showModal();
  }

  #download() {
    const whole = { exported: new Date().toISOString(), request: this.#request(), turns: this.#conversation.turns };
    const address = URL.createObjectURL(new Blob([JSON.stringify(whole, null, 2)], { type: "application/json" }));
    element("a", { href: address, download: "conversation.json" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }
}
