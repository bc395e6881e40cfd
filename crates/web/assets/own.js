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
