import { distance } from 'fastest-levenshtein';
import names from '../../../data/common-names.json' with { type: 'json' };
import { ENGINES } from '../../core/calculators/hardware/engines.ts';
import type { Model } from '../../core/calculators/models/model-schema.ts';
import { findFormat, formatNamed } from '../../core/calculators/names/format-names.ts';
import {
  isGpuChoice,
  readGpuChoice,
  shortGpuName,
} from '../../core/calculators/names/gpu-names.ts';
import { indexOf } from '../../core/calculators/names/name-index.ts';
import { findNamed, matchNamed } from '../../core/calculators/names/names.ts';
import { nearest } from '../../core/calculators/names/near-names.ts';
import {
  isFiller,
  type Named,
  nameTokens,
  spellings,
} from '../../core/calculators/names/spellings.ts';
import { KV_FORMATS, WEIGHT_FORMATS } from '../../core/calculators/quantization/formats.ts';
import { findFlag } from '../../core/calculators/serving/engine-flags.ts';
import { LORA_TARGET_SETS, readLoraTargets } from '../../core/calculators/training/lora.ts';
import { formatNumber, parseCount, parseCounted, parseTokens } from '../../core/units.ts';
import type { Suggestion } from '../../spine/command.ts';
import type { Sources, SuggestList } from '../../spine/suggest.ts';
import { formatGpus, readCards } from './gpu.ts';
import { familyOf, isUnpublished, modelNamed, OPEN_MODEL } from './model.ts';
import { pickFormat, pickKv } from './serving.ts';

/** As many as a platform shows; the rest is typed. */
const MOST = 25;

/** What begins the list before anything is typed. */
const POPULAR = names.popular;

/** Items that have every typed word, at least in part, and then the closest spellings. */
function closest<T extends Named>(items: readonly T[], typed: string, popular: string[]): T[] {
  if (typed.trim() === '') {
    const first = popular.flatMap((id) => items.filter((item) => item.id === id));
    return [...new Set([...first, ...nearest(items, '', MOST)])];
  }
  const words = nameTokens(typed);
  const match = matchNamed(items, typed);
  const holding = items.filter((item) => {
    const spelled = `${item.name} ${item.aliases.join(' ')}`.toLowerCase();
    return words.every((word) => spelled.includes(word));
  });
  const meant = match && 'item' in match ? [match.item] : [];
  return [...new Set([...meant, ...holding, ...nearest(items, typed, MOST)])];
}

type Format = { id: string; label: string; aliases: readonly string[] };

function completeFormat(formats: readonly Format[], typed: string): Suggestion[] {
  const wanted = typed.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const has = ({ id, label, aliases }: Format) =>
    [id, label, ...aliases].some((name) =>
      name
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, '')
        .includes(wanted),
    );
  return formats.filter(has).map(({ id, label }) => ({
    label: label.toLowerCase() === id ? label : `${label} (${id})`,
    value: id,
  }));
}

const isFormat = (formats: readonly Format[], words: string) =>
  formatNamed(formats, words) !== undefined;

/** A format beside a name is an option of its own: `llama 8b awq`, `h100 fp8`. */
function holdsFormat(words: string): boolean {
  const parts = words.split(/\s+/);
  return parts.length > 1 && parts.some((part) => isFormat(WEIGHT_FORMATS, part));
}

/** A whole id with a card's behind it is two names: `minimax-m2.5 m2`. */
function isModelAndCard(words: string, { models, gpus }: Sources): boolean {
  const [first, ...rest] = words.toLowerCase().split(/\s+/);
  return models.some(({ id }) => id === first) && gpus.some(({ id }) => id === rest.join(' '));
}

/** A word or two that tell which model is meant: `moe`, `mac mini` and `16k` are in names, and no names. */
function isTelling(model: Model, words: string): boolean {
  const names = spellings(model);
  const telling = (text: string) =>
    nameTokens(text)
      .filter((word) => !isFiller(word))
      .join(' ');
  const key = telling(words);
  if (
    names.some((name) => telling(name) === key || telling(name.split('/').at(-1) ?? name) === key)
  )
    return true;
  const parts = words.toLowerCase().split(/\s+/);
  const isCount = /^\d{1,2}$/.test(parts[0] ?? '') || /^\d{1,2}$/.test(parts.at(-1) ?? '');
  // `m1 minimax m2` begins with a chip.
  if (parts.length > 1 && /^m\d$/.test(parts[0] ?? '')) return false;
  const isOption =
    parts.length > 1 && (isCount || parts.some((part) => /^\d+[km]$|^mac(?:book)?$/.test(part)));
  const families = new Set(names.map((name) => nameTokens(name.split('/').at(-1) ?? name)[0]));
  return (
    !isOption &&
    nameTokens(words).some(
      (word) => families.has(word) || /^\d.*b$/.test(word) || /^\d+x\d/.test(word),
    )
  );
}

function isNearFamily(models: readonly Model[], word: string): boolean {
  const families = [...indexOf(models).words.keys()].filter((each) => /^[a-z]{4,}$/.test(each));
  return families.some(
    (each) => each[0] === word[0] && distance(each, word) <= (word.length > 5 ? 2 : 1),
  );
}

const CONTEXTS = ['2k', '4k', '8k', '16k', '32k', '64k', '128k', '256k', '1m'];

const MODELS: SuggestList = {
  pick: 'search',
  check: (typed, catalog) => modelNamed(typed, { catalog }),
  complete: (typed, { models }) =>
    closest(models, typed, POPULAR.models).map(({ id, name, shape }) => ({
      label: `${name} · context ${formatNumber(shape.maxContext)}`,
      value: id,
    })),
  recognizes: (words, sources) => {
    // A number alone names no model, and a price is in none.
    if (
      !/[a-z]/i.test(words) ||
      /[%$€£¥]/.test(words) ||
      holdsFormat(words) ||
      isModelAndCard(words, sources)
    )
      return false;
    const match = matchNamed(sources.models, words);
    return match !== undefined && 'item' in match && isTelling(match.item, words);
  },
  shows: (typed, { models }) => {
    const match = matchNamed(models, typed);
    return match && 'item' in match ? match.item.name : typed;
  },
  corrects: (typed, { models }) => {
    const found = findNamed(models, typed);
    if (found.found) return [];
    const instead = isUnpublished(typed)
      ? models.filter(({ id }) => id === OPEN_MODEL)
      : found.suggestions;
    return instead.map(({ id, name }) => ({ label: name, value: id }));
  },
};

const GPUS: SuggestList = {
  pick: 'search',
  check: (typed, catalog) =>
    /^\s*none\s*$/i.test(typed) || readCards(typed, { catalog, locale: 'en' }),
  complete: (typed, { gpus }) => {
    const { count = 1, name = typed } = parseCounted(typed) ?? {};
    const read = readGpuChoice(gpus, name);
    const anonymous = read.found && read.choice.isAnonymous ? [read.choice.gpu] : [];
    const times = count > 1 ? `${count} × ` : '';
    return [...anonymous, ...closest(gpus, name, POPULAR.gpus)].map((gpu) => ({
      label: `${times}${gpu.name}${anonymous.includes(gpu) ? '' : ` · ${gpu.memoryGiB} GB`}`,
      value: `${count > 1 ? `${count}x` : ''}${gpu.id}`,
    }));
  },
  recognizes: (words, { gpus }) =>
    words === 'none' || (!/[%$€£¥]/.test(words) && !holdsFormat(words) && isGpuChoice(gpus, words)),
  shows: (typed, { gpus }) => {
    const read = readGpuChoice(gpus, typed);
    if (!read.found) return typed;
    const { gpu, count, isUsualSize: _, ...choice } = read.choice;
    const name = formatGpus({ ...choice, count, name: shortGpuName(gpu) });
    return name.replace(/^one /, '');
  },
  corrects: (typed, { gpus }) => {
    const read = readGpuChoice(gpus, typed);
    if (read.found) return [];
    if (read.instead) return [{ label: read.instead, value: read.instead }];
    return read.suggestions.map((gpu) => ({ label: shortGpuName(gpu), value: gpu.id }));
  },
};

/** Formats and engines, called by their labels. */
const showFormat = (formats: readonly Format[]) => (typed: string) => {
  const label = formatNamed(formats, typed)?.label ?? typed;
  // A dynamic mix has no size of its own here.
  return /_xl$/i.test(typed) ? `${label} for ${typed}` : label;
};

const correctFormat =
  (formats: readonly Format[]) =>
  (typed: string): Suggestion[] => {
    const found = findFormat(formats, typed);
    return found.found
      ? []
      : found.suggestions.map(({ id, label }) => ({ label: label.replace(/,.*$/, ''), value: id }));
  };

/** The lists of what calculators are asked about. */
export const CALCULATOR_LISTS: readonly [string, SuggestList][] = [
  ['models', MODELS],
  ['gpus', GPUS],
  [
    'formats',
    {
      pick: 'search',
      check: pickFormat,
      complete: (typed) => completeFormat(WEIGHT_FORMATS, typed),
      recognizes: (words) => isFormat(WEIGHT_FORMATS, words),
      shows: showFormat(WEIGHT_FORMATS),
      corrects: correctFormat(WEIGHT_FORMATS),
    },
  ],
  [
    'kv-formats',
    {
      pick: 'search',
      check: pickKv,
      complete: (typed) => completeFormat(KV_FORMATS, typed),
      recognizes: (words) => isFormat(KV_FORMATS, words),
      shows: showFormat(KV_FORMATS),
      corrects: correctFormat(KV_FORMATS),
    },
  ],
  [
    'engines',
    {
      complete: (typed) => completeFormat(ENGINES, typed),
      recognizes: (words) => isFormat(ENGINES, words),
      shows: showFormat(ENGINES),
    },
  ],
  [
    'contexts',
    {
      complete: (typed) => {
        const fitting = CONTEXTS.filter((each) => each.startsWith(typed.trim().toLowerCase()));
        const own = parseTokens(typed) !== undefined && !fitting.includes(typed) ? [typed] : [];
        return [...own, ...fitting].map((value) => ({ label: `${value} tokens`, value }));
      },
      recognizes: () => false,
    },
  ],
  [
    // Flags of engines that only cap what may be asked, such as `max-num-seqs`.
    'limits',
    {
      complete: () => [],
      recognizes: (words, { engines }) =>
        engines.some((table) => findFlag(table, words)?.meaning === 'limit'),
    },
  ],
  [
    // Cards that are on the list; a name that only a card can have may not be.
    'known-gpus',
    { complete: () => [], recognizes: (words, { gpus }) => readGpuChoice(gpus, words).found },
  ],
  [
    // `qwen` and `llama 3`, of which there are several models.
    'model-families',
    {
      complete: () => [],
      recognizes: (words, { models }) => familyOf(models, words).length > 1,
    },
  ],
  [
    // Words that a misspelt name of a model is near to.
    'families',
    {
      complete: () => [],
      recognizes: (words, { models }) =>
        /^[a-z][a-z.-]{2,}\d*$/i.test(words) && isNearFamily(models, words.toLowerCase()),
    },
  ],
  [
    'lora-targets',
    {
      complete: (typed) =>
        [...LORA_TARGET_SETS]
          .filter(([name]) => name.startsWith(typed.trim().toLowerCase()))
          .map(([value, targets]) => ({ label: `${value}: ${targets.join(', ')}`, value })),
      recognizes: (words) => words.length > 1 && readLoraTargets(words) !== undefined,
    },
  ],
  [
    'parameters',
    {
      complete: () => ['1b', '7b', '70b', '400b'].map((value) => ({ label: value, value })),
      recognizes: (words) => /^[\d.,]+ ?[mb]n?$/i.test(words) && parseCount(words) !== undefined,
    },
  ],
  [
    'amounts',
    {
      complete: () =>
        ['1b', '100b', '2t', '15t'].map((value) => ({ label: `${value} tokens`, value })),
      recognizes: (words) => /^[\d.,]+ ?[mbt]n?$/i.test(words) && parseCount(words) !== undefined,
    },
  ],
  [
    'prices',
    {
      complete: () => [],
      recognizes: (words) =>
        words.split(/[\s,]+/).every((each) => /^\S+=\$?\d+(\.\d+)?$/.test(each)),
    },
  ],
  [
    'configs',
    { complete: () => [], recognizes: (words) => /^\s*\{.*\}\s*$|^@[\w-]{8,}$/s.test(words) },
  ],
];
