// What tests of the deadline finder share: fills a form, and tells what it answers. main.rs's scripts put it before theirs.
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const answered = async (form) => {
  for (let turn = 0; turn < 500 && !form.querySelector('.answer').childElementCount; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
const fill = async (form, values) => {
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
  form.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
};
const told = (form) => ({
  due: [...form.querySelectorAll('.answer time')].map((time) => time.dateTime),
  text: form.querySelector('.answer').innerText,
  days: [...form.querySelectorAll('.days > li')].map((day) => day.innerText.replace(/\s+/g, ' ')),
});
