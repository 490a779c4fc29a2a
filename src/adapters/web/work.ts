/** Work in something that is now and then made anew: neither begins before the other has ended. */
export function createWork() {
  const underWay = new Set<Promise<unknown>>();
  let renewing: Promise<void> | undefined;
  return {
    /** Does something in what is there until it is done. */
    async during<T>(act: () => Promise<T>): Promise<T> {
      await renewing;
      const acting = act();
      underWay.add(acting);
      return acting.finally(() => underWay.delete(acting));
    },
    /** Makes it anew once the work is done; whoever asks meanwhile waits for the same. */
    renew(make: () => Promise<void>): Promise<void> {
      renewing ??= afterAll(underWay, make).finally(() => {
        renewing = undefined;
      });
      return renewing;
    },
    /** Ends it for good, after all that is under way. */
    async end(close: () => Promise<void>): Promise<void> {
      await renewing;
      await afterAll(underWay, close);
    },
  };
}

async function afterAll(work: Iterable<Promise<unknown>>, act: () => Promise<void>): Promise<void> {
  await Promise.allSettled(work);
  await act();
}
