// Walks through the stops of the tab key and tells what is wrong with those before the content: a list of sentences.
const faults = [];
const main = document.querySelector('main');
const isStop = (element) =>
  element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true });
const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(isStop);
const before = stops.filter((stop) => main.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_PRECEDING);

const target = before[0]?.hash && document.getElementById(before[0].hash.slice(1));
if (!target || !(target === main || main.contains(target))) faults.push('the first stop does not lead to the content');
if (before.length > 8) faults.push(`${before.length} stops before the content, 8 are the most`);

for (const stop of before) {
  const style = getComputedStyle(stop);
  const unfocused = [style.outline, style.boxShadow, style.borderColor, style.backgroundColor].join();
  stop.focus({ focusVisible: true });
  const focused = [style.outline, style.boxShadow, style.borderColor, style.backgroundColor].join();
  if (focused === unfocused) faults.push(`focus is not seen on ${stop.outerHTML.slice(0, 160)}`);
}
return faults;
