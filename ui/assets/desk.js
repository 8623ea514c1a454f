/* Runs once for each pane, as Gradio loads it: hands clicks on [data-act] to the server, keeps the
   reader's place, and lets the keyboard do what the mouse does. `element`, `trigger` and `watch` are Gradio's. */

const ACTS = ['ask', 'open', 'sources'];
const page = element.ownerDocument;
const desk = (page.onrecord ??= { opener: null });
const isRecord = element.querySelector('.record') !== null;

element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-act]');
  if (!button || button.disabled || !ACTS.includes(button.dataset.act)) return;
  if (button.dataset.act === 'open') {
    desk.opener = button;
    desk.place = isRecord ? page.querySelector('#beside').scrollTop : scroller().scrollTop;
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

const followConversation = () => {
  const questions = element.querySelectorAll('.turn');
  if (questions.length === (desk.turns ?? 0)) return;
  desk.turns = questions.length;
  questions[questions.length - 1]?.scrollIntoView({ block: 'start', behavior: behaviour() });
};

/* The pane that scrolls: the half of a wide page, else the page itself. */
const scroller = () => {
  const half = element.closest('#beside');
  return half.scrollHeight > half.clientHeight + 1 ? half : page.scrollingElement;
};

const showPassage = () => {
  const passage = element.querySelector('.passage');
  const mark = passage?.querySelector('mark');
  if (passage) {
    if (mark) mark.scrollIntoView({ block: 'center', behavior: 'auto' });
    else element.closest('#beside').scrollTop = 0;
    passage.querySelector('h2').focus({ preventScroll: true });
  } else if (desk.opener) {
    scroller().scrollTop = desk.place;
    if (desk.opener.isConnected) desk.opener.focus({ preventScroll: true });
    desk.opener = null;
  } else {
    element.closest('#beside').scrollTop = 0;
  }
};

watch('value', isRecord ? followConversation : showPassage);

if (!isRecord) {
  page.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') element.querySelector('.passage .back')?.click();
  });
}
