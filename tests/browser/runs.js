// What tests of ticks share: ticks by an item's id, and what the page says. runs.rs puts it before its scripts.
const one = (selector) => document.querySelector(selector);
const many = (selector) => [...document.querySelectorAll(selector)];
const turn = (time = 0) => new Promise((resolve) => setTimeout(resolve, time));
const until = async (is) => {
  for (let n = 0; n < 500; n++) {
    const found = is();
    if (found) return found;
    await turn(10);
  }
  throw new Error(`waited in vain for ${is}`);
};
const started = (page = window) => until(() => {
  const list = page.document.querySelector('[data-checklist]');
  if (list) {
    list.dispatchEvent(new page.Event('pointerover', { bubbles: true }));
    return page.pledgebookRun;
  }
  return page.document.readyState === 'complete' && (!page.document.querySelector('[data-item]') || page.pledgebookTicks);
});
const tick = (...ids) => { for (const id of ids) one(`[data-item="${id}"]`).click(); };
const ticked = () => many('[data-item]:checked').map((box) => box.dataset.item);
const text = (selector) => (one(selector)?.checkVisibility() ? one(selector).innerText : '').replace(/\s+/g, ' ').trim();
const said = () => [text('.told'), text('.trouble')].join(' ').trim();
const name = async (words) => {
  one('.run input').value = words;
  one('.run input').dispatchEvent(new Event('change', { bubbles: true }));
  await turn();
};
const act = async (what) => { one(`[data-do=${what}]`).click(); await turn(); };
const press = async (words) => { many('button').find((button) => button.textContent === words).click(); await turn(); };
const kept = () => Object.entries(localStorage).filter(([key]) => key.startsWith('pledgebook-run:'));
const alter = (change) => { for (const [key, run] of kept()) localStorage.setItem(key, JSON.stringify({ ...JSON.parse(run), ...change })); };
// What is copied comes here, so that no permission is asked for.
const copied = async (what) => {
  let got;
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: async (words) => { got = words; } } });
  one("[data-script$='share.js']").open = true;
  await until(() => (one(`[data-do=${what}]`).click(), got));
  await turn();
  return got;
};
