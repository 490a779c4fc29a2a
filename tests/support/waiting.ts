/** Whoever is silent for so long doesn't answer: a free machine takes at most 2 s to do what somebody waits for. */
export const SILENCE_MS = 20_000;

/** The outcome, or an error when the bot stays silent. */
export async function inTime<T>(work: Promise<T>, ms = SILENCE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the bot did not answer')), ms);
  });
  return Promise.race([work, silence]).finally(() => clearTimeout(timer));
}

/** A promise that a test settles by hand. */
export function later<T>() {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}

/** Asks until there is an answer, for what happens soon but not at once. */
export async function until<T>(ask: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (const end = performance.now() + SILENCE_MS; performance.now() < end; ) {
    const found = await ask();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error('it did not happen');
}
