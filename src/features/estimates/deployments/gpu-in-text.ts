import { isGpuChoice } from '../../../core/calculators/names/gpu-names.ts';
import type { Catalog } from '../../../core/catalog.ts';

/** Words in which a GPU is looked for. */
const MAX_WORDS = 400;

/** A GPU that a text names, in the words of the option; with the number where one stands beside it. */
export function gpuIn(text: string, { gpus }: Pick<Catalog, 'gpus'>): string | undefined {
  const plain = text
    .replaceAll(/NVIDIA[- ]([A-Z]\d{2,4})[- ](?:SXM\d?[- ])?(\d+)GB\S*/g, ' $1 $2gb ')
    // A number behind a flag counts no GPUs; `--jinja 4090` still names one.
    .replaceAll(/(?<=\s|^)--?[a-z][\w-]*(?:=\S+|\s+(?![2345]0[5-9]0\b)\d[\d.]*(?=\s|$))?/gi, ' ')
    .replaceAll(/[\w.-]+\/[\w./:-]+/g, ' ')
    .replaceAll(/(\d)\s*[×*]\s*(?=[a-z])/gi, '$1x ');
  const words = plain
    .split(/[\s,;:()"'[\]#|]+/)
    .filter((word) => word !== '' && word.length <= 40)
    .slice(0, MAX_WORDS);
  for (const size of [4, 3, 2, 1])
    for (const at of words.keys()) {
      const run = words.slice(at, at + size).join(' ');
      if (IS_GPU.test(run) && isGpuChoice(gpus, run)) return run;
    }
  const [, size] =
    /\bon (?:an? |one )?(\d{1,3} ?gb)\b/i.exec(text) ??
    /\b(\d{1,3} ?gb)(?: (?:of )?(?:gpu|card|vram))?\s*$/i.exec(text) ??
    [];
  if (size !== undefined) return size;
  const capacity =
    /total capac\w+ of ([\d.]+) GiB|([\d.]+) GiB total capac|\/([\d.]+) GiB\) on startup/i.exec(
      text,
    );
  const GiB = Number(capacity?.slice(1).find((each) => each !== undefined));
  return Number.isFinite(GiB) ? `${sizeOf(GiB)}gb` : undefined;
}

/** A bare number, or a word such as `a2`, is no GPU of a log. */
const IS_GPU =
  /(?:\b|(?<=\d[x×]))(?:[ahblv]\d{2,4}s?|l4|a10g|p40|p100|gb\d{2,3}|gh200|mi\d{3}x?|rtx|gtx|t4|a\d{4}|[2345]0[5-9]0|spark|thor|orin|pro 6000|m[1-5] (?:max|ultra|pro)|rx \d{4})\b/i;

/** The size on the box: a driver offers a little less. */
const sizeOf = (GiB: number) =>
  [6, 8, 10, 11, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 141, 180, 192, 256, 288].find(
    (size) => size >= GiB - 0.3,
  ) ?? Math.round(GiB);

/** A config.json that was pasted beside a command. */
export function configIn(text: string): string | undefined {
  const from = text.search(/\{\s*"/);
  const to = text.lastIndexOf('}');
  const json = from < 0 ? '' : text.slice(from, to + 1);
  return /"(?:hidden_size|num_hidden_layers|text_config)"/.test(json) ? json : undefined;
}

const COUNTS = new Map([
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['eight', 8],
]);

/** How many machines a text names: `2 nodes`; 1 where it names none. */
export function nodesIn(text: string): number {
  const found = /\b(\d{1,3}|two|three|four|eight)\s+(?:nodes|machines|servers|hosts)\b/i.exec(
    text,
  )?.[1];
  return found === undefined ? 1 : (COUNTS.get(found.toLowerCase()) ?? Number(found));
}
