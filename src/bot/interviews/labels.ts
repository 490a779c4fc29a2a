/** What buttons of interviews were called before, by what they are called now: people still type the old names. */
const FORMER_LABELS = new Map([
  ['start', ['begin']],
  ['start without timer', ['begin untimed']],
  ['cancel', ['not now']],
  ['decline', ['not now']],
  ['accept', ['let us do it']],
  ['continue', ['go on']],
  ['change answer', ['take it back']],
  ['skip follow-up', ['leave it']],
  ['add 10 minutes', ['ten more minutes', '10 more minutes']],
  ['turn off timer', ['no timer']],
  ['see report', ['see the report', 'report']],
  ['end interview', ['end it']],
  ['new interview', ['another one']],
  ['show model answer', ['model answer']],
  ['review a question', ['look at a question']],
  ['pick another question', ['another question']],
  ['share report', ['share it', 'show it']],
  ['delete interview', ['delete it']],
  ["no, don't share", ['no, keep it']],
  ["i'm here", ['i am here']],
  ['open panel', ['panel (interviewer)', 'panel']],
  ['stop interview', ['stop here', 'stop it']],
  ['show a hint', ['a hint to give']],
  ['leave lobby', ['leave the lobby']],
]);

/** What a line names by its whole label, today's or a former one. */
export function labelledExactly<T extends { label: string }>(
  line: string,
  choices: readonly T[],
): T | undefined {
  const wanted = line.trim().toLowerCase();
  return (
    choices.find(({ label }) => label.toLowerCase() === wanted) ??
    choices.find(({ label }) => FORMER_LABELS.get(label.toLowerCase())?.includes(wanted))
  );
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
