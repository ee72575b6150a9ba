/** How far from the end counts as the end, in pixels. */
const NEAR = 48;

/** Keeps the end of the page in sight, as long as whoever reads is there. */
export class Scrolling {
  #button;
  #atEnd = true;

  /** @param {HTMLElement} button leads back to the end */
  constructor(button) {
    this.#button = button;
    button.addEventListener("click", () => this.toEnd());
    addEventListener("scroll", () => this.#look(), { passive: true });
    addEventListener("resize", () => this.follow());
  }

  #look() {
    const { scrollHeight, clientHeight } = document.documentElement;
    this.#atEnd = scrollHeight - clientHeight - scrollY < NEAR;
    this.#button.hidden = this.#atEnd;
  }

  /** After the page has grown. */
  follow() {
    if (this.#atEnd) {
      this.toEnd();
    } else {
      this.#look();
    }
  }

  toEnd() {
    scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
    this.#look();
  }
}
