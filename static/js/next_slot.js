// A free slot fills the post's day and time, instead of opening another post.
document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-slot-day]");
  const form = chosen?.closest("form");
  if (!form || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const day = form.elements.namedItem("day");
  const clock = form.elements.namedItem("clock");
  if (!day || !clock) return;
  event.preventDefault();
  day.value = chosen.dataset.slotDay;
  clock.value = chosen.dataset.slotClock;
  for (const field of [day, clock]) field.dispatchEvent(new Event("input", { bubbles: true }));
  clock.focus();
});
