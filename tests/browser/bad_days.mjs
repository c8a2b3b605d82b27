// Legal scenario files with more on the wire than any story has: what a frame costs with them is
// measured, and that they are drawn is tested.

const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const send = (bytes, at_ms = 10, side = 'client') => ({ at_ms, side, do: 'send', bytes });
const room = { client: { rcv_wnd: 65535 }, server: { rcv_wnd: 65535 } };
const small = { policy: { mss: 1 }, ...room };
const fault = (name, number, more) => ({ fault: name, segment: { number }, ...more });

const runs = {
  '1,900 segments of a byte': { ...small, script: [send(1900)] },
  '900 from both sides': { ...small, script: [send(900), send(900, 10, 'server')] },
  '300 segments, each arriving': { ...small, script: [send(300)] },
  '65,535 bytes': { ...room, script: [send(65535)] },
  '65,535 bytes from both sides':
    { ...room, script: [send(65535), send(65535, 10, 'server')] },
  '1,990 injections at one instant': {
    script: times(1990, () => ({
      at_ms: 10, side: 'client', do: 'inject',
      segment: { flags: 'ACK', seq: 'rcv_nxt', ack: 'snd_nxt' },
    })),
  },
  '900 injections, each answered': {
    script: times(900, () => ({
      at_ms: 10, side: 'client', do: 'inject', segment: { flags: 'SYN', seq: 'rcv_nxt' },
    })),
  },
  '300 segments and their copies': {
    ...small,
    script: [send(300), ...times(300, (i) => fault('duplicate', i + 1, { after_ms: 40 }))],
  },
  '400 segments, every third lost': {
    ...small, script: [send(400), ...times(134, (i) => fault('drop', 3 * i + 1))],
  },
  'a timeout each millisecond': {
    policy: { rto_ms: 1, rto_max_ms: 1, r2_ms: 3_600_000 }, network: { delay_ms: 300 },
    script: [send(10)],
  },
  '500 timeouts': {
    policy: { rto_ms: 200, rto_max_ms: 200, r2_ms: 86_400_000 },
    script: [{ at_ms: 1, side: 'server', do: 'crash' }, send(10)],
  },
  '1,990 calls at one instant': {
    script: times(1990, () => ({ at_ms: 10, side: 'client', do: 'receive', bytes: 1 })),
  },
  'a byte each millisecond': {
    network: { delay_ms: 200 }, script: times(700, (i) => send(1, 10 + i)),
  },
  'a byte now and then, twelve late': {
    policy: { mss: 1 },
    script: [send(12), ...times(400, (i) => send(1, 400 + 200 * i)),
      ...times(12, (i) => fault('delay', i + 1, { by_ms: 40_000 + i }))],
  },
  'the longest run': { script: times(700, (i) => send(1, 200 * i)) },
  '400 long beats': {
    script: [send(10), { at_ms: 20, side: 'client', do: 'close' }],
    beats: times(400, () => ({
      when: { side: 'client', state: 'FIN_WAIT_1' },
      title: 'A title '.repeat(10), text: 'A long text. '.repeat(70),
    })),
  },
};

/** The files: a name for readers, and the text. */
export const badDays = Object.entries(runs).map(([title, members]) =>
  ({ title, text: JSON.stringify({ format: 1, id: 'bad-day', title, ...members }) }));
