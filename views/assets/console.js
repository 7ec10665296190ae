// The console's shortcuts. Every one of them is a link or a field that can be reached without.
// Single keys can be turned off (WCAG 2.2, 2.1.4); Escape stays.
'use strict';
(() => {
  const STORE = 'console-keys';
  const root = document.documentElement;
  const button = document.querySelector('[data-keys-switch]');
  const isOn = () => localStorage.getItem(STORE) !== 'off';
  const show = () => {
    root.classList.toggle('keys-off', !isOn());
    if (button) button.textContent = isOn() ? button.dataset.off : button.dataset.on;
  };
  if (button) {
    button.hidden = false;
    button.addEventListener('click', () => {
      localStorage.setItem(STORE, isOn() ? 'off' : 'on');
      show();
    });
  }
  show();

  const isTyping = ({ target }) => target.matches('input:not([type=checkbox], [type=radio]), textarea, select');

  function press(event, found) {
    if (!found) return;
    event.preventDefault();
    if (found.matches('input, textarea, select')) {
      found.focus();
      found.select?.();
    } else found.click();
  }

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === 'Escape') {
      if (isTyping(event)) event.target.blur();
      else press(event, document.querySelector('[data-back]'));
      return;
    }
    if (!isOn() || isTyping(event)) return;
    if (event.key === '/')
      press(event, document.querySelector('[data-search], .console-nav a[href="/console/people"]'));
    // a letter or a digit on a link, button or field: its own key
    else if (/^[a-z0-9]$/i.test(event.key))
      press(event, document.querySelector(`[data-key="${event.key.toLowerCase()}"]`));
  });
})();
