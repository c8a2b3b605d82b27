// The normal close as the page must tell it: its twelve steps, what the ladder gains at each, and
// what the counter, the pipes and the two ends are then. And the other stories, as far as the tests
// speak of them.

import { readdirSync, readFileSync } from 'node:fs';

export const steps = [
  { title: 'ESTABLISHED', gains: ['Client: ESTABLISHED', 'Server: ESTABLISHED'] },
  {
    title: 'FIN →',
    gains: [
      'Client application: close()',
      'Client: FIN_WAIT_1',
      'Segment 1: FIN,ACK from Client to Server, seq=u ack=w',
    ],
    toServer: 'closing',
  },
  { title: 'Server receives the FIN', gains: ['Server: CLOSE_WAIT'], over: 1 },
  { title: 'ACK ←', gains: ['Segment 2: ACK from Server to Client, seq=w ack=u+1'] },
  {
    title: 'Client receives the ACK', gains: ['Client: FIN_WAIT_2'], over: 2, toServer: 'closed',
  },
  { title: 'Half-closed', gains: ['Half-closed: Server to Client still open'] },
  {
    title: 'FIN ←',
    gains: [
      'Server application: close()',
      'Server: LAST_ACK',
      'Segment 3: FIN,ACK from Server to Client, seq=w ack=u+1',
    ],
    toClient: 'closing',
  },
  {
    title: 'Client receives the FIN',
    gains: ['Client: TIME_WAIT', 'Client: 2·MSL timer 240 s'],
    over: 3,
  },
  { title: 'ACK →', gains: ['Segment 4: ACK from Client to Server, seq=u+1 ack=w+1'] },
  {
    title: 'Server receives the ACK', gains: ['Server: CLOSED'], over: 4, toClient: 'closed',
  },
  { title: 'TIME_WAIT', gains: [] },
  { title: 'CLOSED', gains: ['240 s pass', 'Client: CLOSED'] },
];

export const captionOf = (number) =>
  `Step ${number} of ${steps.length} · ${steps[number - 1].title}`;

/** What the ladder says at a step, as the beginnings of its items, in any order. */
export const ladderAt = (number) => steps.slice(0, number).flatMap(({ gains }) => gains);

/** What it must not say yet. */
export const ladderAfter = (number) => steps.slice(number).flatMap(({ gains }) => gains);

const last = (number, what, first) =>
  steps.slice(0, number).reduce((value, step) => step[what] ?? value, first);

/** The state of an end ("Client" or "Server") at a step. */
export const stateAt = (number, end) =>
  ladderAt(number).filter((text) => text.startsWith(`${end}: `) && !text.includes(' timer '))
    .at(-1).slice(`${end}: `.length);

export const counterAt = (number) => `Segments ${last(number, 'over', 0)} of 4`;

export const pipesAt = (number) => [
  `Client to Server: ${last(number, 'toServer', 'open')}`,
  `Server to Client: ${last(number, 'toClient', 'open')}`,
];

/** Every scenario of the catalogue, by id. */
export const catalogue = readdirSync(new URL('../../assets/scenarios/', import.meta.url))
  .map((name) => name.replace(/\.json$/, ''));

const scenarioFile = (id) => new URL(`../../assets/scenarios/${id}.json`, import.meta.url);

/** The title of a scenario of the catalogue. */
export const titleOf = (id) => JSON.parse(readFileSync(scenarioFile(id), 'utf8')).title;

/** Those whose steps the tests count. */
export const scenarios = [
  { id: 'normal-close', title: 'Normal close', steps: 12 },
  { id: 'three-segments', title: 'Three segments', steps: 9 },
  { id: 'lost-first-fin', title: 'Lost first FIN', steps: 14 },
  { id: 'lost-final-ack', title: 'Lost final ACK', steps: 16 },
];
