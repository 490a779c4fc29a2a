import type { Found } from './match.ts';
import { placesOf, type Scene, weightOf } from './scene.ts';

/** What the denial of one word counts when it is the word that the sentence turns on. */
const HEAD_DENIED = 0.6;

/**
 * Share of what was found that stands under a denial where the phrasing has none, or the other way round. A denial on both
 * sides, or on none, is agreement: which words it reaches depends on the build of the sentence.
 *
 * @param leastFit Hits that fit less well are left out.
 */
export function deniedShare(found: readonly Found[], scene: Scene, leastFit: number): number {
  const { passage } = scene;
  const all = weightOf(found);
  const here = ({ at }: Found) => passage.tokens[at]?.polarity ?? 1;
  const inPhrase = found.filter(({ token }) => token.polarity === -1);
  const inAnswer = found.filter((hit) => here(hit) === -1);
  if (all === 0 || (inPhrase.length > 0 && inAnswer.length > 0)) return 0;
  const turned = found.filter(
    (hit) => hit.fit >= leastFit && here(hit) * hit.token.polarity === -1,
  );
  const share = weightOf(turned) / all;
  const atItsVerb =
    inPhrase.length === 0 && found.some((hit) => hit.fit >= leastFit && isDeniedOnly(hit, scene));
  return atItsVerb ? Math.max(share, HEAD_DENIED) : share;
}

/** A denial stands right before the word wherever it occurs: "keys and values are not kept". */
function isDeniedOnly({ token }: Found, scene: Scene): boolean {
  const { passage } = scene;
  const inside = placesOf(token, scene);
  const best = Math.max(...inside.map(({ fit }) => fit));
  return inside.every(({ at, fit }) => fit < best || passage.tokens[at]?.isDeniedHead === true);
}
