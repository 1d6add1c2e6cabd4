// Finds what is wrong with the page as it is shown now: a list of sentences. SCREEN_WIDTH is put in by main.rs.
const done = arguments[arguments.length - 1];
const shortened = (text) => (text.length > 160 ? text.slice(0, 160) + '…' : text);

// Inside a box that scrolls, a wide thing is at home.
function scrolls(element) {
  for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
    if (getComputedStyle(box).overflowX !== 'visible') return true;
  }
  return false;
}

function wideThings() {
  const wide = document.scrollingElement.scrollWidth;
  if (wide <= SCREEN_WIDTH) return [];
  const parts = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  const outside = new Set();
  while (parts.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(parts.currentNode);
    const isText = parts.currentNode.nodeType === Node.TEXT_NODE;
    const element = isText ? parts.currentNode.parentElement : parts.currentNode;
    const right = (isText ? range : element).getBoundingClientRect().right;
    if (right > SCREEN_WIDTH + 0.5 && !scrolls(element)) outside.add(element);
  }
  const innermost = [...outside].filter((element) => ![...outside].some((other) => other !== element && element.contains(other)));
  const named = innermost.slice(0, 3).map((element) => '\n    ' + shortened(element.outerHTML)).join('');
  return [`sticks out sideways at ${SCREEN_WIDTH} px:${named}`];
}

function told(violation) {
  const nodes = violation.nodes.slice(0, 3).map((node) => {
    const reason = [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ');
    return `\n    ${node.target.join(' ')}: ${shortened(node.html)}\n      ${reason}`;
  });
  const more = violation.nodes.length > 3 ? `\n    and ${violation.nodes.length - 3} more` : '';
  return `axe ${violation.id}: ${violation.help}${nodes.join('')}${more}`;
}

const options = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
  preload: false,
};
// Two frames: by then a change of size or colours has been drawn.
requestAnimationFrame(() => requestAnimationFrame(() => {
  axe.run(document, options).then(
    (result) => done([...wideThings(), ...result.violations.map(told)]),
    (error) => done([`axe failed: ${error}`]),
  );
}));
