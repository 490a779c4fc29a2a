import { readConfigJson, readGguf } from '../core/calculators/models/config-json.ts';
import { isGguf } from '../core/calculators/models/gguf-header.ts';
import { noteOf } from '../core/questions/exchange/anki.ts';
import { readNotes, readUpload, type Upload } from '../core/questions/exchange/read.ts';
import { writeBank } from '../core/questions/exchange/write.ts';
import type { Content, FileWork, QuestionFile } from '../spine/files.ts';
import { packNotes, unpackNotes } from './apkg.ts';
import type { Outcome } from './outcome.ts';

/** Problems that go back; more of them help nobody, and copying them takes the time of others. */
const MAX_PROBLEMS = 1_000;
const MAX_WORDS = 500;

/** Does one piece of work; never rejects. */
export async function workOn(work: FileWork): Promise<Outcome> {
  try {
    return await outcomeOf(work);
  } catch (error) {
    // Nothing of ours calls itself so deep; a file that makes a library do it is no honest one.
    if (error instanceof RangeError)
      return { ok: false, refusal: "I can't read this file. It's too large or nested too deeply." };
    return { ok: false, bug: error instanceof Error ? String(error.stack) : String(error) };
  }
}

async function outcomeOf(work: FileWork): Promise<Outcome> {
  switch (work.kind) {
    case 'questions':
      return questionsIn(work);
    case 'config': {
      const { content } = work;
      if (typeof content !== 'string' && isGguf(content))
        return { ok: true, result: readGguf(content) };
      const text = textOf(content);
      if (text === undefined) return { ok: false, refusal: notText('The file') };
      return { ok: true, result: readConfigJson(text) };
    }
    case 'export': {
      const { questions, format, at } = work;
      const result =
        format === 'apkg' ? packNotes(questions.map(noteOf), at) : writeBank(questions, format);
      return { ok: true, result };
    }
  }
}

function questionsIn({ name, content, isDeck, most }: QuestionFile): Outcome {
  if (isDeck) {
    const unpacked = unpackNotes(bytesOf(content));
    if ('problem' in unpacked)
      return { ok: false, refusal: `I can't read "${name}": ${unpacked.problem}.` };
    return { ok: true, result: bounded(readNotes(name, unpacked.notes, most)) };
  }
  const text = textOf(content);
  if (text === undefined) return { ok: false, refusal: notText(`"${name}"`) };
  return { ok: true, result: bounded(readUpload({ file: name, text }, most)) };
}

const notText = (name: string) =>
  `${name} isn't a text file in UTF-8. Save it as UTF-8 and attach it again.`;

function textOf(content: Content): string | undefined {
  if (typeof content === 'string') return content;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}

function bytesOf(content: Content): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

/** What goes back to the main thread is small: with a problem no question is taken. */
function bounded(upload: Upload): Upload {
  const { problems } = upload;
  const first = problems.slice(0, MAX_PROBLEMS).map((problem) => ({
    ...problem,
    ...(problem.id === undefined ? {} : { id: cut(problem.id) }),
    path: cut(problem.path),
    message: cut(problem.message),
  }));
  const left = problems.length - first.length;
  const [last] = first.slice(-1);
  if (last && left > 0)
    first.push({
      ...last,
      path: '',
      message: `${left} more problems`,
      fix: 'fix these first',
    });
  return first.length > 0 ? { questions: [], problems: first, links: [], rewritten: [] } : upload;
}

const cut = (text: string) => (text.length > MAX_WORDS ? `${text.slice(0, MAX_WORDS)}…` : text);
