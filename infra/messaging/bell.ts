// A wake-up signal: idle loops wait for it, and producers of work ring it.

export class Bell {
  #next = Promise.withResolvers<void>();

  ring(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers();
  }

  rung(): Promise<void> {
    return this.#next.promise;
  }

  /** Resolves once `isSo()` holds, checked at each ring, or after `within` ms. */
  async until(isSo: () => boolean, within: number): Promise<void> {
    const wait = { isOver: false };
    const timer = setTimeout(() => {
      wait.isOver = true;
      this.ring();
    }, within);
    while (!wait.isOver && !isSo()) await this.rung();
    clearTimeout(timer);
  }
}
