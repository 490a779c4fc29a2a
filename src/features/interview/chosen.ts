import type { Chosen } from '../../core/interview/state.ts';

/** What somebody chose for an interview, in one line; undefined where everything was left open. */
export function chosenLine({ level, path, chapters, isPathIdle }: Chosen): string | undefined {
  const within = chapters && formatChapters(chapters);
  const scope = path && !isPathIdle ? `path ${path} (${within})` : within;
  const parts = [...(level ? [`level ${level}`] : []), ...(scope ? [scope] : [])];
  if (parts.length === 0) return undefined;
  const idle = isPathIdle ? ` Path ${path} doesn't count because you chose chapters.` : '';
  return `You chose ${parts.join(' and ')}.${idle}`;
}

function formatChapters(chapters: readonly number[]): string {
  if (chapters.length === 0) return 'all chapters';
  const last = chapters.slice(-2).join(chapters.length > 2 ? ', and ' : ' and ');
  return `chapter${chapters.length === 1 ? '' : 's'} ${[...chapters.slice(0, -2), last].join(', ')}`;
}
