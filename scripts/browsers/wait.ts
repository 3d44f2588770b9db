export const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Polls until `look` gives something truthy. What it throws counts as "not yet" and is told when time is up.
 * @throws Error naming what was awaited, after `timeout` milliseconds.
 */
export async function poll<T>(
  what: string,
  timeout: number,
  look: () => Promise<T> | T,
  giveUp?: () => string | undefined,
): Promise<NonNullable<T>> {
  const end = Date.now() + timeout;
  let last: unknown;
  for (let pause = 20; ; pause = Math.min(pause * 1.5, 250)) {
    try {
      const value = await look();
      if (value) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    const reason = giveUp?.();
    if (reason !== undefined) throw new Error(`${what}: ${reason}`);
    if (Date.now() >= end) {
      const cause = last instanceof Error ? ` (${last.message})` : '';
      throw new Error(`${what}: not after ${Math.round(timeout / 1000)} s${cause}`, {
        cause: last,
      });
    }
    await sleep(pause);
  }
}

/** Rejects when the promise has not settled in time. */
export async function within<T>(what: string, timeout: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${what}: not after ${Math.round(timeout / 1000)} s`)),
      timeout,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
