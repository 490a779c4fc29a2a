import { ask } from './features/bank/commands/ask.ts';
import { quality } from './features/bank/commands/quality.ts';
import { questionApprove } from './features/bank/commands/question-approve.ts';
import { questionDecline } from './features/bank/commands/question-decline.ts';
import { questionDisable } from './features/bank/commands/question-disable.ts';
import { questionDrop } from './features/bank/commands/question-drop.ts';
import { questionEdit } from './features/bank/commands/question-edit.ts';
import { questionEnable } from './features/bank/commands/question-enable.ts';
import { questionExport } from './features/bank/commands/question-export.ts';
import { questionImport } from './features/bank/commands/question-import.ts';
import { questionLater } from './features/bank/commands/question-later.ts';
import { questionList } from './features/bank/commands/question-list.ts';
import { questionNew } from './features/bank/commands/question-new.ts';
import { questionPreview } from './features/bank/commands/question-preview.ts';
import { questionReport } from './features/bank/commands/question-report.ts';
import { questionReset } from './features/bank/commands/question-reset.ts';
import { questionShow } from './features/bank/commands/question-show.ts';
import { questionStash } from './features/bank/commands/question-stash.ts';
import { questionSuggest } from './features/bank/commands/question-suggest.ts';
import { reportClose } from './features/bank/commands/report-close.ts';
import { answer } from './features/daily/commands/answer.ts';
import { answerHint } from './features/daily/commands/answer-hint.ts';
import { answerNumber } from './features/daily/commands/answer-number.ts';
import { answerOrder } from './features/daily/commands/answer-order.ts';
import { answerPoints } from './features/daily/commands/answer-points.ts';
import { answerReveal } from './features/daily/commands/answer-reveal.ts';
import { answerShow } from './features/daily/commands/answer-show.ts';
import { answerWords } from './features/daily/commands/answer-words.ts';
import { daily } from './features/daily/commands/daily.ts';
import { dailyFix } from './features/daily/commands/daily-fix.ts';
import { setup } from './features/daily/commands/setup.ts';
import { setupSwitch } from './features/daily/commands/setup-switch.ts';
import { vote } from './features/daily/commands/vote.ts';
import { why } from './features/daily/commands/why.ts';
import { compare } from './features/estimates/commands/compare.ts';
import { cost } from './features/estimates/commands/cost.ts';
import { deployment } from './features/estimates/commands/deployment.ts';
import { fit } from './features/estimates/commands/fit.ts';
import { gpus } from './features/estimates/commands/gpus.ts';
import { kv } from './features/estimates/commands/kv.ts';
import { latency } from './features/estimates/commands/latency.ts';
import { lora } from './features/estimates/commands/lora.ts';
import { models } from './features/estimates/commands/models.ts';
import { plan } from './features/estimates/commands/plan.ts';
import { speculate } from './features/estimates/commands/speculate.ts';
import { train } from './features/estimates/commands/train.ts';
import { vram } from './features/estimates/commands/vram.ts';
import { mock } from './features/interview/commands/mock.ts';
import { mockAnswer } from './features/interview/commands/mock-answer.ts';
import { mockBack } from './features/interview/commands/mock-back.ts';
import { mockDelete } from './features/interview/commands/mock-delete.ts';
import { mockEnd } from './features/interview/commands/mock-end.ts';
import { mockGo } from './features/interview/commands/mock-go.ts';
import { mockGrade } from './features/interview/commands/mock-grade.ts';
import { mockHere } from './features/interview/commands/mock-here.ts';
import { mockHint } from './features/interview/commands/mock-hint.ts';
import { mockModel } from './features/interview/commands/mock-model.ts';
import { mockPause } from './features/interview/commands/mock-pause.ts';
import { mockReport } from './features/interview/commands/mock-report.ts';
import { mockResume } from './features/interview/commands/mock-resume.ts';
import { mockReview } from './features/interview/commands/mock-review.ts';
import { mockShare } from './features/interview/commands/mock-share.ts';
import { mockShow } from './features/interview/commands/mock-show.ts';
import { mockSkip } from './features/interview/commands/mock-skip.ts';
import { mockTick } from './features/interview/commands/mock-tick.ts';
import { mockTime } from './features/interview/commands/mock-time.ts';
import { live } from './features/live/commands/live.ts';
import { liveAnswer } from './features/live/commands/live-answer.ts';
import { liveEnd } from './features/live/commands/live-end.ts';
import { liveJoin } from './features/live/commands/live-join.ts';
import { liveNext } from './features/live/commands/live-next.ts';
import { livePause } from './features/live/commands/live-pause.ts';
import { livePlace } from './features/live/commands/live-place.ts';
import { livePractice } from './features/live/commands/live-practice.ts';
import { liveResume } from './features/live/commands/live-resume.ts';
import { peerAccept } from './features/peers/commands/peer-accept.ts';
import { peerDecline } from './features/peers/commands/peer-decline.ts';
import { peerFeedback } from './features/peers/commands/peer-feedback.ts';
import { peerHere } from './features/peers/commands/peer-here.ts';
import { peerLeave } from './features/peers/commands/peer-leave.ts';
import { peerLobby } from './features/peers/commands/peer-lobby.ts';
import { peerMark } from './features/peers/commands/peer-mark.ts';
import { peerNext } from './features/peers/commands/peer-next.ts';
import { peerNote } from './features/peers/commands/peer-note.ts';
import { peerPanel } from './features/peers/commands/peer-panel.ts';
import { peerRead } from './features/peers/commands/peer-read.ts';
import { peerStop } from './features/peers/commands/peer-stop.ts';
import { drillAnswer } from './features/practice/commands/drill-answer.ts';
import { drillShow } from './features/practice/commands/drill-show.ts';
import { path } from './features/practice/commands/path.ts';
import { practiceAnswer } from './features/practice/commands/practice-answer.ts';
import { practiceBring } from './features/practice/commands/practice-bring.ts';
import { practiceCard } from './features/practice/commands/practice-card.ts';
import { practiceEnd } from './features/practice/commands/practice-end.ts';
import { practiceHint } from './features/practice/commands/practice-hint.ts';
import { practiceMark } from './features/practice/commands/practice-mark.ts';
import { practiceNumber } from './features/practice/commands/practice-number.ts';
import { practiceOrder } from './features/practice/commands/practice-order.ts';
import { practiceShow } from './features/practice/commands/practice-show.ts';
import { practiceSolution } from './features/practice/commands/practice-solution.ts';
import { practiceWords } from './features/practice/commands/practice-words.ts';
import { quiz } from './features/practice/commands/quiz.ts';
import { review } from './features/practice/commands/review.ts';
import { digest } from './features/team/commands/digest.ts';
import { group } from './features/team/commands/group.ts';
import { defineHelp } from './features/team/commands/help.ts';
import { home } from './features/team/commands/home.ts';
import { leaderboard } from './features/team/commands/leaderboard.ts';
import { me } from './features/team/commands/me.ts';
import { remind } from './features/team/commands/remind.ts';
import { server } from './features/team/commands/server.ts';
import { setupLog } from './features/team/commands/setup-log.ts';
import { setupTeam } from './features/team/commands/setup-team.ts';
import { share } from './features/team/commands/share.ts';
import { shareRemove } from './features/team/commands/share-remove.ts';
import type { Command } from './spine/command.ts';

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly Command[] = [
  daily,
  dailyFix,
  mock,
  quiz,
  review,
  live,
  path,
  vram,
  kv,
  fit,
  deployment,
  compare,
  latency,
  cost,
  plan,
  lora,
  train,
  speculate,
  models,
  gpus,
  ask,
  questionShow,
  questionNew,
  questionStash,
  questionEdit,
  questionPreview,
  questionList,
  questionImport,
  questionExport,
  questionDisable,
  questionEnable,
  questionReport,
  leaderboard,
  why,
  group,
  share,
  me,
  remind,
  server,
  setup,
  setupSwitch,
  setupLog,
  setupTeam,
  digest,
  quality,
  defineHelp(() => COMMANDS),
  home,
  answer,
  answerNumber,
  answerOrder,
  answerHint,
  answerReveal,
  answerWords,
  answerPoints,
  answerShow,
  vote,
  shareRemove,
  drillAnswer,
  drillShow,
  practiceAnswer,
  practiceBring,
  practiceCard,
  practiceEnd,
  practiceHint,
  practiceMark,
  practiceNumber,
  practiceOrder,
  practiceShow,
  practiceSolution,
  practiceWords,
  liveJoin,
  liveAnswer,
  liveNext,
  livePause,
  liveResume,
  liveEnd,
  livePlace,
  livePractice,
  questionSuggest,
  questionApprove,
  questionDecline,
  questionDrop,
  questionReset,
  reportClose,
  mockGo,
  mockAnswer,
  mockBack,
  mockSkip,
  mockHint,
  mockPause,
  mockResume,
  mockReview,
  mockTime,
  mockShow,
  questionLater,
  mockHere,
  mockEnd,
  mockReport,
  mockModel,
  mockTick,
  mockShare,
  mockDelete,
  peerAccept,
  peerDecline,
  peerHere,
  peerPanel,
  peerLobby,
  peerMark,
  peerNote,
  peerNext,
  peerStop,
  peerFeedback,
  peerRead,
  peerLeave,
  mockGrade,
];
