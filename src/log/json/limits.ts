/** Bounds on what a file may make us hold. All of them are far beyond what the recorder writes. */
export interface ReadLimits {
  /** Bytes of the file after decompression. */
  readonly maxBytes: number;
  /** Events kept in memory. */
  readonly maxEvents: number;
  /** Characters of one event, or of one member of the header. */
  readonly maxValue: number;
  /** Objects and arrays inside one another. */
  readonly maxDepth: number;
}

export const READ_LIMITS: ReadLimits = {
  maxBytes: 2 ** 31 - 1,
  maxEvents: 10_000_000,
  maxValue: 8 * 2 ** 20,
  maxDepth: 64,
};
