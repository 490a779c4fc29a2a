/** What a line names by its label or the beginning of it, as people type what they would press. */
export function labelled<T extends { label: string }>(
  line: string,
  choices: readonly T[],
): T | undefined {
  const wanted = line.trim().toLowerCase();
  return (
    choices.find(({ label }) => label.toLowerCase() === wanted) ??
    (wanted.length > 2
      ? choices.find(({ label }) => label.toLowerCase().startsWith(wanted))
      : undefined)
  );
}
