/** How much of the time painting may take: one part of so many. */
const SHARE = 4;

/** Paints at most once a frame, and more rarely where painting takes long, so that the page answers while it grows. */
export class Painter {
  #paint;
  #due = false;
  #notBefore = 0;

  /** @param {() => void} paint shows what there is now */
  constructor(paint) {
    this.#paint = paint;
  }

  /** There is something new. */
  changed() {
    if (!this.#due) {
      this.#due = true;
      requestAnimationFrame((now) => this.#frame(now));
    }
  }

  /** Nothing more will come: what is due is not painted. */
  end() {
    this.#due = false;
  }

  #frame(now) {
    if (!this.#due) {
      return;
    }
    if (now < this.#notBefore) {
      requestAnimationFrame((later) => this.#frame(later));
      return;
    }
    this.#due = false;
    const begin = performance.now();
    this.#paint();
    const took = performance.now() - begin;
    this.#notBefore = begin + took * SHARE;
  }
}
