// What the pages gain from a script; every one of them works without it.
'use strict';

document.querySelector('[data-focus]')?.focus();

for (const input of document.querySelectorAll('input[type=password][data-show]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'link';
  button.setAttribute('aria-controls', input.id);
  const caps = document.createElement('p');
  caps.className = 'hint';
  caps.setAttribute('role', 'status');
  const show = (shown) => {
    input.type = shown ? 'text' : 'password';
    button.textContent = shown ? input.dataset.hide : input.dataset.show;
    button.setAttribute('aria-pressed', String(shown));
  };
  show(false);
  button.addEventListener('click', () => show(input.type === 'password'));
  input.form.addEventListener('submit', () => show(false));
  input.addEventListener('keyup', (event) => {
    const on = event.getModifierState?.('CapsLock') ? input.dataset.caps : '';
    if (caps.textContent !== on) caps.textContent = on;
  });
  input.after(button, caps);
}

for (const line of document.querySelectorAll('[data-countdown]')) {
  const heard = line.firstElementChild;
  const seen = document.createElement('span');
  const button = line.parentElement.querySelector('button');
  let left = Number(line.dataset.countdown);
  // The spoken sentence stays as it is until the end: a screen reader hears it once, not every second.
  seen.setAttribute('aria-hidden', 'true');
  heard.className = 'unseen';
  line.append(seen);
  button.hidden = true;
  const tick = () => {
    seen.textContent = line.dataset.text.replace('#', String(left));
    if (left > 0) {
      left -= 1;
      setTimeout(tick, 1000);
      return;
    }
    seen.remove();
    heard.className = '';
    heard.textContent = line.dataset.done;
    button.hidden = false;
  };
  tick();
}

for (const form of document.querySelectorAll('form[method=post]:not([data-passkey])')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
  });
}
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

for (const line of document.querySelectorAll('[data-print]')) {
  line.hidden = false;
  line.querySelector('button').addEventListener('click', () => print());
}
