/** Lets so many calls of each key pass in a window that begins with the first of them. */
export function createLimit(limit: number, windowMs: number) {
  const windows = new Map<string, { from: number; count: number }>();
  return (key: string) => {
    const now = performance.now();
    const known = windows.get(key);
    const window = known && now - known.from < windowMs ? known : { from: now, count: 0 };
    windows.set(key, window);
    const isAllowed = window.count < limit;
    if (isAllowed) window.count += 1;
    return {
      isAllowed,
      remaining: limit - window.count,
      resetMs: window.from + windowMs - now,
    };
  };
}
