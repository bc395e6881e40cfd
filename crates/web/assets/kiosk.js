// The kiosk forgets whoever was there: when nobody has touched anything for a while, it asks the next person.
"use strict";
(() => {
  const told = document.querySelector("[data-onward]");
  const number = document.getElementById("number");
  if (number) number.focus();
  if (!told) return;
  const wait = Number(told.dataset.seconds) * 1000;
  let timer = 0;
  const begin = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.replace(told.dataset.onward), wait);
  };
  for (const touch of ["pointerdown", "keydown", "scroll"]) addEventListener(touch, begin, { passive: true });
  begin();
})();
