import { COMMANDS } from '../../src/commands.ts';

const shown = COMMANDS.filter(({ hidden }) => !hidden).map(({ name }) => name);
const names = [...shown].sort((a, b) => b.length - a.length).join('|');
const firstWords = [...new Set(shown.map((name) => name.split(' ')[0]))].join('|');

/** What follows the name of a command that is meant to be run, and no ordinary word such as "Use models that…". */
const END = String.raw`(?=[.,;:!?)"'\`”]|$| to\b| again\b| first\b| \w+ to\b| [\w-]+:\S)`;

/** The verbs with which texts tell somebody to run something. */
const VERB = String.raw`\b(?:[Rr]un|[Uu]se|[Tt]ype|[Ee]nter|[Ss]end|[Tt]ry)`;

const PATTERNS = [
  // With a slash, as Discord and Slack would have it.
  new RegExp(String.raw`(?<![\w/.<])\/(?:warmup (?:${names})|${firstWords})\b[^.,;]*`, 'g'),
  new RegExp(`${VERB} (?:${names})${END}`, 'g'),
  new RegExp(`${VERB} ["'\`“](?:${names})(?: [^"'\`”]*)?["'\`”]`, 'g'),
  // Between backticks, with what follows the name.
  new RegExp(String.raw`\`(?:${names}) [^\`]*\``, 'g'),
];

/** Commands that a text names with words alone: nothing makes these run on the platform that shows them. */
export function looseCommands(text: string): string[] {
  return PATTERNS.flatMap((pattern) => [...text.matchAll(pattern)].map(([found]) => found));
}
