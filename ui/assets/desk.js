/* Runs once for each pane, as Gradio loads it: hands clicks on [data-act] to the server, keeps the
   reader's place, and lets the keyboard do what the mouse does. `element`, `trigger` and `watch` are Gradio's. */

const ACTS = ['ask', 'open', 'sources'];
const page = element.ownerDocument;
const desk = (page.onrecord ??= { opener: null });
const isRecord = element.querySelector('.record') !== null;
const isPane = element.querySelector('.pane') !== null;

element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-act]');
  if (!button || button.disabled || !ACTS.includes(button.dataset.act)) return;
  if (button.dataset.act === 'open') {
    desk.opener = button;
    desk.place = beside().scrollTop;
  } else if (!button.classList.contains('back')) {
    desk.opener = null;
  }
  trigger(button.dataset.act, { ...button.dataset });
});

/* A quote that would leave the window is moved back into it. */
const keepInside = (event) => {
  const tip = event.target.closest?.('.cite')?.querySelector('[role="tooltip"]');
  if (!tip) return;
  tip.style.setProperty('--shift', '0px');
  const { left, right } = tip.getBoundingClientRect();
  const width = page.documentElement.clientWidth;
  const shift = left < 8 ? 8 - left : right > width - 8 ? width - 8 - right : 0;
  tip.style.setProperty('--shift', `${shift}px`);
};
element.addEventListener('mouseover', keepInside);
element.addEventListener('focusin', keepInside);

const behaviour = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth');

/* A new question comes to the top of what scrolls. */
const followConversation = () => {
  const turns = element.querySelectorAll('.turn');
  if (turns.length === (desk.turns ?? 0)) return;
  desk.turns = turns.length;
  turns[turns.length - 1]?.scrollIntoView({ block: 'start', behavior: behaviour() });
};

/* What scrolls beside: that half of a wide page, else the page itself. */
const beside = () => {
  const half = page.querySelector('#beside');
  return half.scrollHeight > half.clientHeight + 1 ? half : page.scrollingElement;
};

const showPassage = () => {
  const passage = element.querySelector('.passage');
  const mark = passage?.querySelector('mark');
  if (passage) {
    if (mark) mark.scrollIntoView({ block: 'center', behavior: 'auto' });
    else page.querySelector('#beside').scrollTop = 0;
    passage.querySelector('h2').focus({ preventScroll: true });
  } else if (desk.opener) {
    beside().scrollTop = desk.place;
    if (desk.opener.isConnected) desk.opener.focus({ preventScroll: true });
    desk.opener = null;
  } else {
    page.querySelector('#beside').scrollTop = 0;
  }
};

if (isRecord) watch('value', followConversation);
if (isPane) watch('value', showPassage);

if (isPane) {
  page.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') element.querySelector('.passage .back')?.click();
  });
}
