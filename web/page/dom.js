// The parts of the document that several modules work with, and how an element is made.

export const root = document.documentElement;
export const byId = (id) => document.getElementById(id);

/** The stage's box: the canvas, and over it the twin's elements, which take all events. */
export const box = byId('box');

export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

/** Sets an attribute only when it changes; `undefined` takes it away. */
export const setAttribute = (element, name, value) => {
  if (value === undefined) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== String(value)) {
    element.setAttribute(name, value);
  }
};
