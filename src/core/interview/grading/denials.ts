import type { Found } from './match.ts';
import { placesOf, type Scene, weightOf } from './scene.ts';

/** Words that deny without a "not": "outside the pair" is what "not in the pair" says. */
const DENYING = new Set(
  'skip skips skipped skipping outside without avoid avoids avoided lack lacks lacking drop drops dropped omit omits omitted miss misses missed missing stop stops prevent prevents remove removes removed ignore ignores ignored hide hides hidden instead except unless beyond forbid forbids refuse refuses'.split(
    ' ',
  ),
);
/** What the denial of one word counts when it is the word that the sentence turns on. */
const HEAD_DENIED = 0.6;

/** What would happen without a thing, told as what does happen. */
const TOLD_AS_FACT = 0.35;
const HYPOTHESIS = /^(?:without|otherwise|if not|else)\b/i;
const SUPPOSING = new Set(
  'would could might otherwise else if without unless not no never cannot prevent prevents stop stops avoid avoids hide hides hidden block blocks mask masks leak leaks cheat cheating peek away'.split(
    ' ',
  ),
);

/**
 * Share of what was found that stands under a denial where the phrasing has none, or the other way round. A denial on both
 * sides, or on none, is agreement: which words it reaches depends on the build of the sentence.
 *
 * @param leastFit Hits that fit less well are left out.
 */
export function deniedShare(found: readonly Found[], scene: Scene, leastFit: number): number {
  const { passage, window } = scene;
  const all = weightOf(found);
  const here = ({ at }: Found) => passage.tokens[at]?.polarity ?? 1;
  const inPhrase = found.filter(({ token }) => token.polarity === -1);
  const inAnswer = found.filter((hit) => here(hit) === -1);
  if (all === 0 || (inPhrase.length > 0 && inAnswer.length > 0)) return 0;
  if (saysItOtherwise(scene)) return 0;
  if (isToldAsFact(scene)) return TOLD_AS_FACT;
  const turned = found.filter(
    (hit) => hit.fit >= leastFit && here(hit) * hit.token.polarity === -1,
  );
  const share = weightOf(turned) / all;
  const atItsVerb =
    window.factor === 1 &&
    inPhrase.length === 0 &&
    found.some((hit) => hit.fit >= leastFit && isDeniedOnly(hit, scene));
  return atItsVerb ? Math.max(share, HEAD_DENIED) : share;
}

/** A denial stands right before the word wherever it occurs: "keys and values are not kept". */
function isDeniedOnly({ token }: Found, scene: Scene): boolean {
  const { passage } = scene;
  const inside = placesOf(token, scene);
  const best = Math.max(...inside.map(({ fit }) => fit));
  return inside.every(({ at, fit }) => fit < best || passage.tokens[at]?.isDeniedHead === true);
}

/** The phrasing has a denying word, and the answer denies something else than that word. */
function saysItOtherwise({ phrase, found, passage }: Scene): boolean {
  return phrase.tokens.some(
    (token) =>
      DENYING.has(token.text) &&
      !found.some((hit) => hit.token === token && passage.tokens[hit.at]?.polarity === -1),
  );
}

/** "A position can read the token it has to predict" for "without the mask a position could read …". */
function isToldAsFact({ phrase, passage, window }: Scene): boolean {
  if (!HYPOTHESIS.test(phrase.text)) return false;
  const said = passage.tokens.slice(window.from, window.to);
  return !said.some(({ text }) => SUPPOSING.has(text));
}
