// The shape of a story at a glance: a small ladder with a line for each segment.

const draw = (tag, attributes, ...children) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

const width = 44;
const rowHeight = 6;
const drop = 4; // from a line's beginning to its end
const inset = 2;

/** The line of a segment: a cross ends a lost one, and a reset arrives as a square. */
const lineOf = ({ fromServer, lost, reset, ofNetwork }, row) => {
  const top = 3 + row * rowHeight;
  const place = (share) => {
    const along = inset + share * (width - 2 * inset);
    return [fromServer ? width - along : along, top + share * drop];
  };
  const [x, y] = place(lost ? 0.75 : 1);
  const cross = `M${x - 2.5} ${y - 2.5}l5 5m0-5l-5 5`;
  const square = `M${x - 2} ${y - 2}h4v4h-4z`;
  const mark = lost ? cross : square;
  return draw('path', {
    d: `M${place(ofNetwork ? 0.25 : 0)}L${[x, y]}${lost || reset ? mark : ''}`,
    class: lost ? 'bad' : reset ? 'bad reset' : '',
  });
};

export const shapeOf = ({ segments, goesOn }) => {
  const end = 6 + segments.length * rowHeight;
  const dots = `M${width / 2} ${end}v.1m0 4v.1`;
  const height = end + (goesOn ? 6 : 0);
  return draw('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': true },
    draw('path', { d: `M1 0v${height}M${width - 1} 0v${height}`, class: 'life' }),
    ...segments.map(lineOf),
    ...goesOn ? [draw('path', { d: dots, class: 'dots' })] : []);
};
