interface Entry<T> {
  readonly at: number;
  readonly item: T;
}

/** Moments at which something must be looked at again: a binary heap, the next one on top. */
export class Deadlines<T> {
  private readonly heap: Entry<T>[] = [];
  private readonly current = new Map<T, number>();

  /** Sets, moves or clears (undefined) the moment of an item. */
  set(item: T, at: number | undefined): void {
    if (at === undefined) {
      this.current.delete(item);
      return;
    }
    if (this.current.get(item) === at) return;
    this.current.set(item, at);
    this.push({ at, item });
  }

  get next(): number | undefined {
    this.discard();
    return this.heap[0]?.at;
  }

  /** Removes and returns an item whose moment is at or before `now`. */
  take(now: number): T | undefined {
    this.discard();
    const top = this.heap[0];
    if (top === undefined || top.at > now) return undefined;
    this.pop();
    this.current.delete(top.item);
    return top.item;
  }

  /** Entries that were moved or cleared are left in the heap and thrown away on the way out. */
  private discard(): void {
    for (let top = this.heap[0]; top !== undefined; top = this.heap[0]) {
      if (this.current.get(top.item) === top.at) return;
      this.pop();
    }
  }

  private push(entry: Entry<T>): void {
    const { heap } = this;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent]!.at <= entry.at) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = entry;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1]!.at < heap[child]!.at) child++;
      if (heap[child]!.at >= last.at) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }
}
