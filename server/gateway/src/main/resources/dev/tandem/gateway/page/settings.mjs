import { byId, element } from "./dom.mjs";
import { OPTIONS, problem } from "./options.mjs";

const BLANK = { system: "", options: {}, key: "" };

/** One option's field with its hint and what is wrong with it. */
class OptionField {
  element;
  #option;
  #input;
  #wrong;

  constructor(option) {
    const id = `option-${option.name}`;
    this.#option = option;
    this.#input = element("input", {
      id,
      inputmode: option.whole ? "numeric" : "decimal",
      autocomplete: "off",
      placeholder: "Default",
      "aria-describedby": `${id}-hint ${id}-wrong`,
    });
    this.#wrong = element("small", { id: `${id}-wrong`, class: "wrong" });
    this.element = element(
      "p",
      { class: "field" },
      element("label", { for: id }, option.label),
      this.#input,
      element("small", { id: `${id}-hint` }, option.hint),
      this.#wrong,
    );
  }

  get name() {
    return this.#option.name;
  }

  get value() {
    return this.#input.value;
  }

  set value(text) {
    this.#input.value = text;
    this.check();
  }

  /** @returns {boolean} whether the value will do */
  check() {
    return this.blame(problem(this.#option, this.value));
  }

  /** Shows what is wrong; nothing where that is empty. */
  blame(words) {
    this.#wrong.textContent = words;
    this.#input.setAttribute("aria-invalid", String(words !== ""));
    return words === "";
  }

  focus() {
    this.#input.focus();
  }
}

/** What is set, and the dialog that sets it. */
export class Settings {
  #dialog = byId("settings-dialog");
  #system = byId("system");
  #key = byId("key");
  #fields = OPTIONS.map((option) => new OptionField(option));
  #room;
  #values;

  /**
   * @param {import("./room.mjs").Room} room where they are kept
   * @param {import("./room.mjs").Room} colours where the appearance is kept
   * @param {() => void} changed
   */
  constructor(room, colours, changed) {
    this.#room = room;
    this.#values = { ...BLANK, ...room.read({}) };
    byId("options").append(...this.#fields.map((field) => field.element));
    byId("settings").addEventListener("click", () => this.open());
    byId("settings-cancel").addEventListener("click", () => this.#dialog.close());
    byId("settings-form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#save()) {
        changed();
      }
    });
    appearance(colours);
  }

  get system() {
    return this.#values.system;
  }

  get options() {
    return this.#values.options;
  }

  get key() {
    return this.#values.key;
  }

  set key(key) {
    this.#set({ ...this.#values, key });
  }

  /** @param {{field: string, message: string}[]} violations what the server found wrong */
  open(violations = []) {
    this.#system.value = this.system;
    this.#key.value = this.key;
    let first;
    for (const field of this.#fields) {
      field.value = this.options[field.name] ?? "";
      const found = violations.find((violation) => violation.field === field.name);
      if (found) {
        field.blame(found.message);
        first ??= field;
      }
    }
    this.#dialog.showModal();
    first?.focus();
  }

  #save() {
    const wrong = this.#fields.filter((field) => !field.check());
    if (wrong.length > 0) {
      wrong[0].focus();
      return false;
    }
    const options = Object.fromEntries(this.#fields.map((field) => [field.name, field.value.trim()]));
    this.#set({ system: this.#system.value, options, key: this.#key.value.trim() });
    this.#dialog.close();
    return true;
  }

  #set(values) {
    this.#values = values;
    this.#room.write(values);
  }
}

/** Colours change at once, without saving. */
function appearance(room) {
  for (const choice of document.querySelectorAll("input[name=theme]")) {
    choice.checked = choice.value === (document.documentElement.dataset.theme ?? "");
    choice.addEventListener("change", () => {
      room.keep(choice.value);
      if (choice.value === "") {
        delete document.documentElement.dataset.theme;
      } else {
        document.documentElement.dataset.theme = choice.value;
      }
    });
  }
}
