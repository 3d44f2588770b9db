/** Finds the longest run among what is added, of equal ones the newest. */
export class LongestRun {
  private readonly members: number[] = [];
  /** Where the present run begins, and where the longest begins and ends. */
  private from = 0;
  private bestFrom = 0;
  private bestTo = 0;

  add(member: number): void {
    this.members.push(member);
    if (this.members.length - this.from < this.bestTo - this.bestFrom) return;
    this.bestFrom = this.from;
    this.bestTo = this.members.length;
  }

  /** What is added from now on is another run. */
  cut(): void {
    this.from = this.members.length;
  }

  /** The newest member of the present run. */
  get newest(): number | undefined {
    return this.members.length > this.from ? this.members.at(-1) : undefined;
  }

  /** Of the longest run. */
  get length(): number {
    return this.bestTo - this.bestFrom;
  }

  get longest(): readonly number[] {
    return this.members.slice(this.bestFrom, this.bestTo);
  }
}
