/**
 * Loaded before the program: its system clock is set forward or back by the milliseconds that its
 * parent sends, or from the start by those of CLOCK_SHIFT_MS. Timers go on as they do on a machine whose clock is set.
 */
const System = Date;
let shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0);

globalThis.Date = class extends System {
  constructor(...parts) {
    if (parts.length === 0) super(System.now() + shiftMs);
    else super(...parts);
  }
  static now() {
    return System.now() + shiftMs;
  }
  static [Symbol.hasInstance](value) {
    return Object.prototype.toString.call(value) === '[object Date]';
  }
};

process.on('message', (ms) => {
  shiftMs = ms;
  process.send('set');
});
// The program ends by itself although its parent could still send something.
process.channel?.unref();
