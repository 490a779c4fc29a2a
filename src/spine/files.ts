import type { ConfigResult } from '../core/calculators/models/config-json.ts';
import type { Upload } from '../core/questions/exchange/read.ts';
import type { TextFormat } from '../core/questions/exchange/write.ts';
import type { Question } from '../core/questions/schema.ts';
import type { Attachment } from './request.ts';

/** What a file holds: its bytes, or the text that was pasted in its place. */
export type Content = Uint8Array | string;

/** A file of questions as somebody sent it. */
export type QuestionFile = {
  name: string;
  content: Content;
  /** A deck of Anki, which is a zip archive; else it is text. */
  isDeck: boolean;
  /** Questions that it may have. */
  most: number;
};

/** Work on a file; it takes seconds, and what is in the file may break whatever reads it. */
export type FileWork =
  | ({ kind: 'questions' } & QuestionFile)
  | { kind: 'config'; content: Content }
  | { kind: 'export'; questions: readonly Question[]; format: TextFormat | 'apkg'; at: Date };

/** What comes of a kind of work. */
export type FileResults = {
  questions: Upload;
  config: ConfigResult;
  export: Content;
};

/** `Context.workOnFile` for a person: nobody has many files waiting. `took` hears how long the work itself was. */
export type WorkOnFile = <W extends FileWork>(
  work: W,
  person: string,
  took?: (ms: number) => void,
) => Promise<FileResults[W['kind']]>;

/** What an attached file holds, as its platform hands it over. */
export async function contentOf(file: Attachment): Promise<Content> {
  return file.content ? file.content() : file.text();
}
