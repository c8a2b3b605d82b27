// The normal close as the page must tell it: its twelve steps, and what the ladder gains at each.

export const steps = [
  { title: 'ESTABLISHED', gains: ['Client: ESTABLISHED', 'Server: ESTABLISHED'] },
  {
    title: 'FIN →',
    gains: [
      'Client application: close()',
      'Client: FIN_WAIT_1',
      'Segment 1: FIN,ACK from Client to Server, seq=100 ack=300',
    ],
  },
  { title: 'Server receives the FIN', gains: ['Server: CLOSE_WAIT'] },
  { title: 'ACK ←', gains: ['Segment 2: ACK from Server to Client, seq=300 ack=101'] },
  { title: 'Client receives the ACK', gains: ['Client: FIN_WAIT_2'] },
  { title: 'Half-closed', gains: [] },
  {
    title: 'FIN ←',
    gains: [
      'Server application: close()',
      'Server: LAST_ACK',
      'Segment 3: FIN,ACK from Server to Client, seq=300 ack=101',
    ],
  },
  { title: 'Client receives the FIN', gains: ['Client: TIME_WAIT', 'Client: 2·MSL timer 240 s'] },
  { title: 'ACK →', gains: ['Segment 4: ACK from Client to Server, seq=101 ack=301'] },
  { title: 'Server receives the ACK', gains: ['Server: CLOSED'] },
  { title: 'TIME_WAIT', gains: [] },
  { title: 'CLOSED', gains: ['Client: CLOSED'] },
];

export const captionOf = (number) =>
  `Step ${number} of ${steps.length} · ${steps[number - 1].title}`;

/** What the ladder says at a step, as the beginnings of its items, in any order. */
export const ladderAt = (number) => steps.slice(0, number).flatMap(({ gains }) => gains);

/** What it must not say yet. */
export const ladderAfter = (number) => steps.slice(number).flatMap(({ gains }) => gains);
