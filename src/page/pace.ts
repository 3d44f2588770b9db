/** The clock is looked at every so many calls. */
const STRIDE = 16;

/**
 * Says, asked at each call, whether there are so many that each must cost next to nothing.
 * @param most calls within a second that may cost more
 */
export function createPace(clock: () => number, most: number): () => boolean {
  let calls = 0;
  let since = 0;
  return () => {
    calls += 1;
    if (calls % STRIDE === 0) {
      const now = clock();
      if (now - since > 1000) {
        since = now;
        calls = 0;
      }
    }
    return calls > most;
  };
}
