// A bell: whoever has nothing to do waits for it, whoever brings something rings it.

export class Bell {
  #next = Promise.withResolvers<void>();

  ring(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers();
  }

  rung(): Promise<void> {
    return this.#next.promise;
  }

  /** Resolves once it is so, looked at whenever the bell rings, or after so many ms. */
  async until(isSo: () => boolean, within: number): Promise<void> {
    let over = false;
    const timer = setTimeout(() => {
      over = true;
      this.ring();
    }, within);
    while (!over && !isSo()) await this.rung();
    clearTimeout(timer);
  }
}
