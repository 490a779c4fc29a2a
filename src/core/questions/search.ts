import { distance } from 'fastest-levenshtein';
import MiniSearch from 'minisearch';
import type { Question } from './schema.ts';
import { type Asked, readQuery, stemOf, wordsIn } from './search-words.ts';

/** A question that was found; the higher the score, the nearer. `share` of the words looked for stand in it. */
export type Hit = { question: Question; score: number; share: number };

type Entry = {
  id: string;
  prompt: string;
  slug: string;
  names: string;
  answers: string;
  explanation: string;
};

/** Where a word weighs how much: the words of an id name its subject shortly. */
const BOOST = { prompt: 2, slug: 3, names: 2, answers: 1, explanation: 0.7 };
/** Another way to say a word counts for less than the word itself. */
const OTHER_WORD = 0.5;
/** Words that complete the beginning of one. */
const MAX_COMPLETED = 5;

/** Somebody who looks for a subject wants its introduction first. */
const LEVEL: Record<Question['difficulty'], number> = { easy: 1.3, medium: 1.15, hard: 1 };
const FORMAT: Record<Question['format'], number> = {
  open: 1.2,
  single: 1.15,
  multi: 1.05,
  numeric: 1,
  order: 1,
  bug: 0.9,
  scenario: 0.8,
};
const AS_ASKED = 1.5;

/** Items indexed in one turn of the event loop: about 8 ms, and the whole bank is 0.2 s. */
const CHUNK = 20;

/** The words of a bank: where each stands, all of them, the most frequent first, and their stems. */
export type BankIndex = {
  index: MiniSearch<Entry>;
  words: readonly string[];
  stems: readonly string[];
};

const FIELDS = { fields: Object.keys(BOOST), tokenize: wordsIn };

/** Reads the words of question, answers, explanation and subjects. */
export async function indexBank(
  questions: readonly Question[],
  namesOf: (question: Question) => string,
): Promise<BankIndex> {
  const counts = new Map<string, number>();
  const index = new MiniSearch<Entry>({
    ...FIELDS,
    processTerm: (word) => {
      counts.set(word, (counts.get(word) ?? 0) + 1);
      return stemOf(word);
    },
  });
  const entries = questions.map((question) => entryOf(question, namesOf(question)));
  await index.addAllAsync(entries, { chunkSize: CHUNK });
  const words = [...counts].sort(([, one], [, other]) => other - one).map(([word]) => word);
  return { index, words, stems: [...new Set(words.map(stemOf))] };
}

/** The same as it was stored in JSON: to read it takes a quarter of the time. */
export async function openIndex(stored: string): Promise<BankIndex> {
  const { index, ...words } = JSON.parse(stored);
  return { ...words, index: await MiniSearch.loadJSAsync(index, FIELDS) };
}

/** Finds items of a bank by the words in it. */
export function createSearch(
  questions: readonly Question[],
  { index, words, stems }: BankIndex,
): (words: string, limit: number) => Hit[] {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const vocabulary = { stems: new Set(stems), words };

  return (typed, limit) => {
    const { asked, wants } = readQuery(typed);
    const read = asked.map((each) => stemsOf(each, vocabulary));
    const groups = read.filter(({ all }) => all.length > 0);
    // Beside words that the bank doesn't have, one that is only near another speaks for nothing.
    if (groups.length < read.length && !groups.some(({ isExact }) => isExact)) return [];
    const stems = [...new Set(groups.flatMap(({ all }) => all))];
    const own = new Set(groups.flatMap(({ own: stemsOfWord }) => stemsOfWord));
    if (stems.length === 0) return [];
    const found = index.search(stems.join(' '), {
      tokenize: (text) => text.split(' '),
      processTerm: (stem) => stem,
      boost: BOOST,
      boostTerm: (stem) => (own.has(stem) ? 1 : OTHER_WORD),
    });
    return found
      .flatMap(({ id, terms, score }): Hit[] => {
        const question = byId.get(String(id));
        if (!question) return [];
        const met = groups.filter(({ all }) => all.some((stem) => terms.includes(stem))).length;
        // An item that speaks of every word comes before one that speaks of a single word at length.
        const share = met / groups.length;
        return [{ question, share, score: score * share ** 3 * weightOf(question, wants) }];
      })
      .sort((one, other) => other.score - one.score)
      .slice(0, limit);
  };
}

function entryOf(question: Question, names: string): Entry {
  const { id, prompt, explanation, difficulty, format } = question;
  const answers =
    'options' in question ? question.options : format === 'order' ? question.steps : [];
  return {
    id,
    prompt,
    slug: id,
    names: `${names} ${difficulty} ${format}`,
    answers: answers.map((answer) => (typeof answer === 'string' ? answer : answer.text)).join(' '),
    explanation,
  };
}

function weightOf(
  { id, prompt, difficulty, format }: Question,
  wants: 'reason' | 'explanation' | undefined,
): number {
  const isAsAsked =
    wants === 'reason' ? /\bwhy\b/i.test(`${id} ${prompt}`) : wants && format === 'open';
  return LEVEL[difficulty] * FORMAT[format] * (isAsAsked ? AS_ASKED : 1);
}

type Vocabulary = { stems: ReadonlySet<string>; words: readonly string[] };

/** The stems to look for: of the word itself or of what was meant by it, and of other ways to say it. */
function stemsOf(
  { word, others }: Asked,
  vocabulary: Vocabulary,
): { own: string[]; all: string[]; isExact: boolean } {
  const known = (stems: string[]) => stems.filter((stem) => vocabulary.stems.has(stem));
  const said = known(others.map(stemOf));
  const own = known([stemOf(word)]);
  if (own.length > 0 || said.length > 0) return { own, all: [...own, ...said], isExact: true };
  const meant = completions(word, vocabulary) ?? correction(word, vocabulary);
  return { own: meant, all: meant, isExact: false };
}

function completions(word: string, { words }: Vocabulary): string[] | undefined {
  if (word.length < 3) return undefined;
  const longer = words.filter((each) => each.startsWith(word)).slice(0, MAX_COMPLETED);
  return longer.length > 0 ? [...new Set(longer.map(stemOf))] : undefined;
}

/** The nearest word of the bank; of two that are as near, the more frequent. */
function correction(word: string, { words }: Vocabulary): string[] {
  if (word.length < 4) return [];
  const most = word.length < 6 ? 1 : 2;
  let best: { word: string; steps: number } | undefined;
  for (const each of words) {
    if (Math.abs(each.length - word.length) > most) continue;
    const steps = distance(word, each);
    if (steps <= most && (!best || steps < best.steps)) best = { word: each, steps };
    if (best?.steps === 1) break;
  }
  return best ? [stemOf(best.word)] : [];
}
