/* Runs once for each pane, as Gradio loads it: hands clicks on [data-act] to the server, keeps the
   reader's place, and lets the keyboard do what the mouse does. `element`, `trigger` and `watch` are Gradio's. */

const ACTS = ['ask', 'open', 'sources', 'show', 'alter'];
const page = element.ownerDocument;
const desk = (page.onrecord ??= { opener: null, results: [], adding: 0 });
const isRecord = element.querySelector('.record') !== null;
const isPane = element.querySelector('.pane') !== null;

/* What stands in the fields around a button; several of one name come as lines. */
const fieldsAround = (button) => {
  const sent = {};
  for (const field of button.closest('[data-form]')?.querySelectorAll('input[name]') ?? []) {
    if (field.type === 'checkbox' && !field.checked) continue;
    sent[field.name] = field.name in sent ? `${sent[field.name]}\n${field.value}` : field.value;
  }
  return sent;
};

/* Whether sources stand below the conversation, not beside it. */
const isNarrow = () => getComputedStyle(page.querySelector('#desk')).display === 'block';

const isPending = () => page.querySelector('.record [data-verdict="pending"]') !== null;

const say = (button, words) => {
  const label = (button.dataset.label ??= button.textContent);
  button.textContent = words;
  setTimeout(() => { button.textContent = label; }, 2000);
};

const copy = async (button) => {
  const text = button.dataset.text ?? new URL(button.dataset.link, page.location.origin).href;
  try {
    await navigator.clipboard.writeText(text);
    say(button, 'Copied');
  } catch {
    say(button, 'Copying is not allowed here');
  }
};

const edit = (button) => {
  const box = page.querySelector('#question textarea');
  box.value = button.dataset.question;
  box.dispatchEvent(new Event('input', { bubbles: true }));
  box.focus();
};

/* What came of each file and address, one line each; kept here, as the page around it is made anew. A screen reader
   hears them when all have come, and not each step on the way. */
const tell = () => {
  for (const list of page.querySelectorAll('[data-results]')) {
    list.setAttribute('aria-busy', desk.adding > 0);
    list.replaceChildren(...desk.results.map((line) => {
      const item = page.createElement('li');
      item.textContent = line;
      return item;
    }));
  }
};

/* The last event of a stream that may still grow, as its name and data; nothing before one is whole. */
const lastEvent = (request) => {
  if (!request.getResponseHeader('Content-Type')?.startsWith('text/event-stream')) return [];
  return request.responseText.split('\n\n').at(-2)?.split('\n').map((line) => line.replace(/^(event|data): /, '')) ?? [];
};

const reading = ({ read, done, of }) => `reading, ${of === null ? `${read} so far` : `${done} of ${of}`}`;

const outcome = (status, body) => {
  let said;
  try { said = JSON.parse(body); } catch { return `the server answered ${status}`; }
  if (status !== 200) return said.detail ?? `the server answered ${status}`;
  const counts = ['added', 'replaced', 'unchanged'].filter((name) => said[name]).map((name) => `${said[name]} ${name}`);
  return [...counts, ...said.failed.map((one) => one.reason), ...said.warnings.slice(0, 3)].join('; ') || 'nothing in it';
};

const outcomeOf = (request) => {
  const [name, data] = lastEvent(request);
  if (name === 'progress') return 'the connection broke off; send it again to go on';
  if (name === 'error') return outcome(JSON.parse(data).status, data);
  return outcome(request.status, data ?? request.responseText);
};

const send = (name, body, type) => new Promise((done) => {
  const at = desk.results.push(`${name}: waiting`) - 1;
  const note = (words) => { desk.results[at] = `${name}: ${words}`; tell(); };
  const request = new XMLHttpRequest();
  request.open('POST', '/api/articles');
  request.setRequestHeader('Accept', 'text/event-stream');
  if (type) request.setRequestHeader('Content-Type', type);
  request.upload.onprogress = ({ loaded, total }) => note(loaded < total ? `${Math.round((100 * loaded) / total)} %` : 'reading');
  request.onprogress = () => {
    const [event, data] = lastEvent(request);
    if (event === 'progress') note(reading(JSON.parse(data)));
  };
  request.onload = () => { note(outcomeOf(request)); done(); };
  request.onerror = () => { note('the server cannot be reached'); done(); };
  note('sending');
  request.send(body);
});

/* One after the other, so that each has a result of its own. */
const addAll = async (sendings) => {
  if (!desk.adding) desk.results = [];
  desk.adding += 1;
  for (const one of sendings) await one();
  desk.adding -= 1;
  tell();
  trigger('show', { page: 'articles' });
};

const isTaken = (name) => page.querySelector('[data-upload]').accept.split(',').some((kind) => name.toLowerCase().endsWith(kind));

const refuse = (name) => {
  desk.results.push(`${name}: such a file is not of a kind that is taken`);
  tell();
};

const sendFiles = (files) => addAll([...files].map((file) => () => {
  if (!isTaken(file.name)) return refuse(file.name);
  const form = new FormData();
  form.append('files', file);
  return send(file.name, form);
}));

const fetchAddress = (button) => {
  const { address } = fieldsAround(button);
  if (address) addAll([() => send(address, JSON.stringify({ addresses: [address] }), 'application/json')]);
};

const OURS = { copy, edit, fetch: fetchAddress };

element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-act]');
  if (!button || button.disabled) return;
  if (button.matches('a[href="#"]')) event.preventDefault();
  const { act } = button.dataset;
  if (act in OURS) OURS[act](button);
  if (!ACTS.includes(act)) return;
  if (act === 'open') {
    desk.opener = button;
    desk.place = beside().scrollTop;
  } else if (!button.classList.contains('back')) {
    desk.opener = null;
  }
  if (act === 'show' && !desk.adding) desk.results = [];
  if (button.dataset.do === 'reopen') desk.quiet = true;
  if (act === 'sources' && isNarrow()) page.querySelector('#beside').scrollIntoView({ block: 'start', behavior: behaviour() });
  const go = () => trigger(act, { ...fieldsAround(button), ...button.dataset });
  /* What changes the conversation waits for the answer that is being given, which would overwrite it. */
  if (act === 'alter' && isPending()) desk.waiting = go;
  else go();
});

element.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.target.type === 'checkbox' || !event.target.matches('[data-form] input')) return;
  event.preventDefault();
  event.target.closest('[data-form]').querySelector('[data-default]')?.click();
});

element.addEventListener('change', (event) => {
  if (event.target.matches('[data-upload]')) sendFiles(event.target.files);
});

for (const kind of ['dragover', 'dragleave', 'drop']) {
  element.addEventListener(kind, (event) => {
    const place = event.target.closest?.('.drop');
    if (!place) return;
    event.preventDefault();
    place.toggleAttribute('data-over', kind === 'dragover');
    if (kind === 'drop') sendFiles(event.dataTransfer.files);
  });
}

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

/* Room below the last answer to bring a new question to the top, so that nothing jumps as an answer grows. */
const makeRoom = () => {
  const last = page.querySelector('.turn:last-child');
  page.querySelector('#scroll').style.setProperty('--last', `${last?.offsetHeight ?? 0}px`);
};

/* Which answer stands last; nothing while one is being given. */
const standing = () => {
  const turns = page.querySelectorAll('.turn').length;
  const conversation = page.querySelector('.record [data-conversation]')?.dataset.conversation;
  return turns && !isPending() ? `${conversation} ${turns}` : null;
};

/* What to ask next belongs to one answer, and stays out of sight under any other. */
const showNext = () => {
  const next = page.querySelector('.next section')?.dataset;
  page.querySelector('#scroll').toggleAttribute('data-next', !!next && `${next.conversation} ${next.turns}` === standing());
};

/* It is looked for when the answer stands, so that the answer does not wait for it. */
const followUp = () => {
  const now = standing();
  showNext();
  if (!now || desk.suggested === now) return;
  desk.suggested = now;
  trigger('suggest', {});
};

/* The answer as it is read: without the quotes that markers show, and with its blanks evened out. */
const readAloud = (turn) => {
  const said = turn.querySelector('.answer').cloneNode(true);
  for (const extra of said.querySelectorAll('[role="tooltip"], [aria-hidden]')) extra.remove();
  return [...said.children].map((line) => line.textContent.trim()).join(' ').replace(/\s+/g, ' ');
};

/* A screen reader hears what comes once, as it comes, and then how it came out; not the buttons around it. */
const speak = () => {
  const turns = element.querySelectorAll('.turn');
  const last = turns[turns.length - 1];
  if (!last?.querySelector('.answer')) return;
  const text = readAloud(last);
  const verdict = last.querySelector('.verdict:not([data-verdict="pending"])');
  if (desk.spokenOf !== turns.length) Object.assign(desk, { spokenOf: turns.length, spoken: '', told: false });
  if (desk.quiet) Object.assign(desk, { quiet: false, spoken: text, told: true });
  const fresh = text.startsWith(desk.spoken) ? text.slice(desk.spoken.length) : desk.spoken.endsWith(text) ? '' : text;
  if (fresh.trim()) {
    hear(fresh.trim());
    desk.spoken = text;
  }
  if (verdict && !desk.told) {
    hear([...verdict.children].map((part) => part.textContent).join('. '));
    desk.told = true;
  }
};

const hear = (words) => {
  const line = page.createElement('p');
  line.textContent = words;
  voice().append(line);
};

const voice = () => {
  const known = page.querySelector('.spoken');
  if (known) return known;
  const made = page.createElement('div');
  made.className = 'spoken';
  made.setAttribute('role', 'status');
  made.setAttribute('aria-live', 'polite');
  made.setAttribute('aria-atomic', 'false');
  made.setAttribute('aria-label', 'The answer as it comes');
  return page.body.appendChild(made);
};

/* A new question comes to the top of what scrolls, and the address names the conversation. */
const followConversation = () => {
  const turns = element.querySelectorAll('.turn');
  makeRoom();
  followUp();
  speak();
  const kept = element.querySelector('[data-conversation]')?.dataset.conversation;
  page.defaultView.history.replaceState(null, '', kept ? `/?c=${kept}` : '/');
  if (desk.waiting && !isPending()) {
    setTimeout(desk.waiting);
    desk.waiting = null;
  }
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
  tell();
  const over = element.querySelector('.passage, .sheet');
  for (const button of page.querySelectorAll('.masthead [data-page]')) {
    const here = over?.matches('.sheet') && over.getAttribute('aria-label') === button.textContent;
    here ? button.setAttribute('aria-current', 'page') : button.removeAttribute('aria-current');
  }
  const mark = over?.querySelector('mark');
  if (over) {
    if (mark) mark.scrollIntoView({ block: 'center', behavior: 'auto' });
    else page.querySelector('#beside').scrollTop = 0;
    over.querySelector('h2').focus({ preventScroll: true });
  } else if (desk.opener) {
    beside().scrollTop = desk.place;
    if (desk.opener.isConnected) desk.opener.focus({ preventScroll: true });
    desk.opener = null;
  } else {
    page.querySelector('#beside').scrollTop = 0;
  }
};

/* A link reopens its conversation, or asks its question again. */
const followLink = () => {
  const link = new URLSearchParams(page.location.search);
  if (link.get('c')) {
    desk.quiet = true;
    trigger('alter', { do: 'reopen', conversation: link.get('c') });
  } else if (link.get('q')) {
    const limits = { since: link.get('since') ?? '', until: link.get('until') ?? '', publisher: link.getAll('publisher').join('\n') };
    trigger('ask', { question: link.get('q'), linked: '1', ...limits });
  }
};

if (isRecord) {
  watch('value', followConversation);
  new ResizeObserver(makeRoom).observe(element);
  followLink();
}
if (element.querySelector('.next')) watch('value', showNext);
if (isPane) {
  watch('value', showPassage);
  page.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') element.querySelector('.bar .back')?.click();
  });
}
