/** What a line names by its whole label. */
export function labelledExactly<T extends { label: string }>(
  line: string,
  choices: readonly T[],
): T | undefined {
  const wanted = line.trim().toLowerCase();
  return choices.find(({ label }) => label.toLowerCase() === wanted);
}

/** What a line names by its label or the beginning of it, as people type what they would select. */
export function labelled<T extends { label: string }>(
  line: string,
  choices: readonly T[],
): T | undefined {
  const wanted = line.trim().toLowerCase();
  return (
    labelledExactly(line, choices) ??
    (wanted.length > 2
      ? choices.find(({ label }) => label.toLowerCase().startsWith(wanted))
      : undefined)
  );
}
