(() => {
  // A box takes the keyboard's focus only where there is something to scroll.
  const settle = () => document.querySelectorAll(".wide").forEach((box) => {
    if (box.scrollWidth > box.clientWidth) box.setAttribute("tabindex", "0");
    else box.removeAttribute("tabindex");
  });
  document.fonts.ready.then(settle);
  addEventListener("resize", settle);

  // What a mark says of itself appears beside the pointer.
  const tip = document.body.appendChild(document.createElement("div"));
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  const hide = () => { tip.hidden = true; };
  const show = (event) => {
    const mark = event.target.closest && event.target.closest(".plot [aria-label]");
    if (!mark || /^(axis|legend|title|group mark container)/.test(mark.getAttribute("aria-roledescription") || "")) return hide();
    tip.textContent = mark.getAttribute("aria-label").split("; ").join("\n");
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(event.clientX + 12, innerWidth - box.width - 4)) + "px";
    tip.style.top = (event.clientY + box.height + 20 > innerHeight ? event.clientY - box.height - 12 : event.clientY + 16) + "px";
  };
  document.addEventListener("pointermove", show);
  document.addEventListener("pointerdown", show);
  document.addEventListener("scroll", hide, true);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
})();
