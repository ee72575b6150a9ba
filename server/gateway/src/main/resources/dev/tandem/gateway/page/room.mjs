/** A place in the browser's storage. Where the browser keeps nothing, or no more, so does this. */
export class Room {
  #storage;
  #name;

  /** @param {() => Storage} storage throws where there is none */
  constructor(storage, name) {
    this.#name = name;
    try {
      this.#storage = storage();
    } catch {
      this.#storage = null;
    }
  }

  /** What was kept, or what is given here. */
  read(otherwise) {
    try {
      return JSON.parse(this.#storage?.getItem(this.#name) ?? "null") ?? otherwise;
    } catch {
      return otherwise;
    }
  }

  /** @returns {boolean} whether it is kept */
  write(value) {
    try {
      this.#storage?.setItem(this.#name, JSON.stringify(value));
      return this.#storage !== null;
    } catch {
      return false;
    }
  }
}

/** Of this tab, until it is closed. */
export const ofTab = (name) => new Room(() => sessionStorage, `tandem.${name}`);

/** The appearance that was chosen, of all tabs; `theme.js` reads it. */
export const theme = {
  /** @param {string} value empty for the system's own */
  keep(value) {
    try {
      if (value === "") {
        localStorage.removeItem("tandem.theme");
      } else {
        localStorage.setItem("tandem.theme", value);
      }
    } catch {
      // it holds for this page, then
    }
  },
};
