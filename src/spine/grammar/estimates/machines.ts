// cspell:ignore highgpu ultragpu isr isrf ads trn
import words from '../../../../data/estimate-words.json' with { type: 'json' };

/** What is written in a sentence, and how the rest of the bot reads it. */
export type Spelling = readonly [as: RegExp, plain: string | ((...match: string[]) => string)];

/** GPUs in one machine of an EC2 family, by the size in its name; in all other sizes there is one. */
// https://aws.amazon.com/ec2/instance-types/#Accelerated_Computing
const EC2: Readonly<Record<string, { gpu: string; counts: Readonly<Record<string, number>> }>> =
  words.ec2;

const MACHINE_WORDS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  six: 6,
  eight: 8,
};

const ec2 = (whole: string, machines: string | undefined, family: string, size: string) => {
  const { gpu, counts } = EC2[family.toLowerCase()] ?? {};
  const count = (counts?.[size.toLowerCase()] ?? 1) * Number(machines ?? 1);
  return gpu === undefined ? whole : `${count}x ${gpu}`;
};

/** Machines by their names, as the GPUs that they hold: `dgx h100` has eight, a GB200 NVL72 has 72. */
export const MACHINES: readonly Spelling[] = [
  [/\b(?:(\d{1,3}) ?x? )?((?:p[3-5]|g[4-6]|trn)[a-z\d]{0,3})[. ](\d{0,2}xlarge|metal)\b/gi, ec2],
  [
    /\b(?:(\d{1,3}) ?x? )?[dh]gx[- ]([abh][123]00)(?: (?:box|node|server|system|machine)(?:es|s)?\b)?/gi,
    (_, machines, gpu) => `${8 * Number(machines ?? 1)}x ${gpu}`,
  ],
  // Two machines with eight each, as `2x8xh100` and `2 h100 nodes with 8 gpus each`.
  [
    /\b(\d{1,2}) ?x ?([248]|16)(?: ?x ?| )(?=[a-z]{1,3}\d)/gi,
    (_, machines, count) => `${Number(machines) * Number(count)}x `,
  ],
  [
    /\b(\d{1,2}|two|three|four|six|eight) ([a-z]+\d+\w*(?: \d+ ?gb)?) (?:machines|nodes|servers|boxes) (?:with |of |x ?)?(\d{1,2}) (?:gpus?|cards?)?(?: each)?/gi,
    (_, machines, gpu, count) =>
      `${(MACHINE_WORDS[machines.toLowerCase()] ?? Number(machines)) * Number(count)}x ${gpu} `,
  ],
  // Azure: https://learn.microsoft.com/azure/virtual-machines/sizes/overview
  [/\b(?:standard_)?nd96i?sr?_(h[12]00)_v5\b/gi, '8x $1'],
  [/\b(?:standard_)?nd96amsr_a100_v4\b/gi, '8x a100 80gb'],
  [/\b(?:standard_)?nd96asr_(?:a100_)?v4\b/gi, '8x a100 40gb'],
  [/\b(?:standard_)?nc(24|48|96)ads_a100_v4\b/gi, (_, cores) => `${Number(cores) / 24}x a100 80gb`],
  // A slice of these TPUs is counted in chips.
  [/\b(?:tpu )?(v[56]e)-(\d{1,3})\b/gi, '$2x tpu $1'],
  [/\b(gb[23]00) ?nvl ?(\d{1,3})\b/gi, '$2x $1'],
  // Google calls a machine by its kind of GPU and their number: `a2-highgpu-4g`.
  [/\ba2-highgpu-(\d{1,2})g\b/gi, '$1x a100 40gb'],
  [/\ba2-ultragpu-(\d{1,2})g\b/gi, '$1x a100 80gb'],
  [/\ba3-(?:high|mega)gpu-(\d{1,2})g\b/gi, '$1x h100'],
  [/\ba3-ultragpu-(\d{1,2})g\b/gi, '$1x h200'],
];
