/**
 * Slack's documented limits; the page of each is beside it. Lengths are characters.
 *
 * Two are not on any page: `messageText` lies under the total at which `msg_blocks_too_long`
 * begins (github.com/slackapi/bolt-js/issues/2509), `chartsInMessage` is a number that other
 * integrators report.
 */
export const LIMITS = {
  /** docs.slack.dev/reference/block-kit/blocks */
  blocksInMessage: 50,
  blocksInView: 100,
  blockId: 255,
  messageText: 12_000,
  /** docs.slack.dev/reference/block-kit/blocks/section-block */
  sectionText: 3000,
  /** One element of rich text: no page names a limit, so the section's is kept. */
  richText: 3000,
  /** docs.slack.dev/reference/block-kit/blocks/header-block */
  headerText: 150,
  /** docs.slack.dev/reference/block-kit/blocks/context-block */
  contextText: 2000,
  /** docs.slack.dev/reference/block-kit/blocks/actions-block */
  actionElements: 25,
  /** docs.slack.dev/reference/block-kit/block-elements/button-element */
  actionId: 255,
  buttonText: 75,
  /** What a screen reader says instead of a button's text. */
  accessibilityLabel: 75,
  buttonValue: 2000,
  /** docs.slack.dev/reference/block-kit/composition-objects/option-object */
  optionText: 75,
  optionValue: 150,
  optionDescription: 75,
  /** docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
  options: 100,
  placeholder: 150,
  /** docs.slack.dev/reference/block-kit/blocks/table-block */
  tableRows: 100,
  tableColumns: 20,
  tableText: 10_000,
  tablesInMessage: 1,
  /** docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
  chartTitle: 50,
  chartSeries: 6,
  chartPoints: 20,
  chartLabel: 20,
  axisLabel: 50,
  chartsInMessage: 2,
  /** docs.slack.dev/reference/views/modal-views */
  viewTitle: 24,
  viewButton: 24,
  privateMetadata: 3000,
  callbackId: 255,
  /** docs.slack.dev/reference/block-kit/blocks/input-block */
  inputLabel: 2000,
  inputHint: 2000,
  /** docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
  inputText: 3000,
  /** docs.slack.dev/reference/methods/chat.postMessage: best kept under 4,000. */
  fallbackText: 4000,
  /** A link in rich text and the URL of a button. */
  url: 3000,
  /** docs.slack.dev/reference/app-manifest */
  slashCommand: 32,
  slashCommands: 50,
  shortcuts: 10,
  shortcutName: 24,
  shortcutDescription: 150,
  usageHint: 1000,
} as const;
