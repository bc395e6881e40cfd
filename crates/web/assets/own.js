// The little that pages do by themselves. Every page works without it.

// A form with faults: the reader is taken to the list of them.
document.querySelector('[data-focus]')?.focus();

// Numbers that people carry can be copied, where the browser lets us.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
    });
  }
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

// What a name explains while it has the pointer or the focus goes away by Escape, until the next name.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') document.documentElement.classList.add('no-tips');
});
for (const kind of ['focusin', 'pointerover']) {
  document.addEventListener(kind, (event) => {
    if (!event.target.closest('.desk-term')) document.documentElement.classList.remove('no-tips');
  });
}

// What somebody has unfolded stays so, whatever news are laid over it, and what was typed stays typed.
globalThis.htmx?.registerExtension('unfolded', {
  htmx_before_morph_attr: (element, { attrName, newValue }) => {
    if (element.localName === 'details') return !(attrName === 'open' && newValue === null);
    const typed = element.localName === 'input' && element.type !== 'hidden' && element.value !== element.defaultValue;
    return !(typed && attrName === 'value');
  },
});

// Whoever makes this screen a kiosk is signed out of their desk: news that comes before the kiosk is there would lead to signing in.
addEventListener('submit', (event) => {
  if (!event.target.matches('form[action$="/kiosk"]')) return;
  for (const news of ['look', 'phone']) addEventListener(news, (one) => one.stopImmediatePropagation(), true);
});
