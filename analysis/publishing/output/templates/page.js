(() => {
  const root = document.documentElement;
  const chinese = () => root.dataset.lang === "zh";

  // The language: the one chosen last, else the browser's. Only what differs is exchanged, so the place stays.
  const speak = (lang) => {
    root.dataset.lang = lang;
    root.lang = lang === "zh" ? "zh-Hans" : "en";
    document.title = root.dataset[lang === "zh" ? "titleZh" : "titleEn"];
  };
  const anchor = () => {
    const shared = "main li, main p, main tr, main figure, main h2, main h3, main caption, footer, header h1";
    for (let y = 8; y < innerHeight; y += 24) {
      const found = document.elementFromPoint(innerWidth / 2, y);
      const block = found && found.closest(shared);
      const own = block && block.closest(".en, .zh");
      if (block) return own ? own.parentElement : block;
    }
    return document.body;
  };
  const button = document.querySelector(".switch");
  if (button) {
    let kept = null;
    try { kept = localStorage.getItem("silkport-language"); } catch { /* a file without storage */ }
    const wanted = kept || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
    if (wanted !== root.dataset.lang) speak(wanted);
    button.addEventListener("click", () => {
      const block = anchor();
      const before = block.getBoundingClientRect().top;
      speak(chinese() ? "en" : "zh");
      settle();
      close();
      scrollTo({ top: scrollY + block.getBoundingClientRect().top - before, behavior: "instant" });
      try { localStorage.setItem("silkport-language", root.dataset.lang); } catch { /* a file without storage */ }
    });
  }

  // A box takes the keyboard's focus only where there is something to scroll.
  const settle = () => document.querySelectorAll(".wide").forEach((box) => {
    if (box.scrollWidth > box.clientWidth) box.setAttribute("tabindex", "0");
    else box.removeAttribute("tabindex");
  });
  document.fonts.ready.then(settle);
  addEventListener("resize", settle);

  // What is folded opens where a link leads into it, and on paper.
  const folds = [...document.querySelectorAll("main details")];
  const unfold = () => {
    const goal = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = goal && goal.closest("details:not([open])");
    if (fold) { fold.open = true; goal.scrollIntoView(); }
  };
  addEventListener("hashchange", unfold);
  unfold();
  let closed = [];
  addEventListener("beforeprint", () => { closed = folds.filter((fold) => !fold.open); closed.forEach((fold) => { fold.open = true; }); });
  addEventListener("afterprint", () => closed.forEach((fold) => { fold.open = false; }));

  // The statements that bear on a number appear beside it: pointed at, or opened with a tap or the Enter key.
  const card = document.body.appendChild(document.createElement("div"));
  card.className = "statements";
  card.hidden = true;
  card.setAttribute("role", "dialog");
  let shownFor = null, pinned = false, timer = 0;
  const element = (name, kind, ...content) => {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.append(...content);
    return made;
  };
  const copy = (cell) => { const made = element("span", ""); made.append(...[...cell.childNodes].map((node) => node.cloneNode(true))); made.querySelectorAll("a.n").forEach((link) => link.replaceWith(...link.childNodes)); return made; };
  const statement = (id) => {
    const row = document.getElementById("s-" + id);
    if (!row) return element("li", "", id);
    const [, what, period, measure, said, publisher, published, address, kind] = [...row.cells].map(copy);
    const to = element("a", "", id);
    to.href = "#s-" + id;
    return element("li", "", element("b", "", said), " ", what, ", ", measure, ", ", period, element("br"), publisher, ", ", published, " · ", kind, " · ", address, " · ", to);
  };
  const open = (number, pin) => {
    clearTimeout(timer);
    if (shownFor !== number) {
      const ids = number.dataset.trace.split(" ");
      const many = chinese() ? `${ids.length}条公开表述影响此数字` : `${ids.length} published ${ids.length === 1 ? "statement bears" : "statements bear"} on this number`;
      const name = element("p", "", element("b", "", number.innerText), ` · ${many} · ${number.dataset.n}`);
      card.replaceChildren(name, element("ol", "", ...ids.map(statement)));
      card.setAttribute("aria-label", many);
    }
    shownFor = number;
    pinned = pin || pinned;
    card.hidden = false;
    const at = number.getClientRects()[0], box = card.getBoundingClientRect();
    card.style.left = Math.max(8, Math.min(at.left, innerWidth - box.width - 8)) + "px";
    const below = at.bottom + 6 + box.height < innerHeight || at.top < box.height + 10;
    card.style.top = scrollY + (below ? at.bottom + 6 : at.top - box.height - 6) + "px";
    if (pin) { const first = card.querySelector("a"); if (first) first.focus({ preventScroll: true }); }
  };
  const close = () => { clearTimeout(timer); card.hidden = true; pinned = false; shownFor = null; };
  const later = (what, delay) => { clearTimeout(timer); timer = setTimeout(what, delay); };
  const numberAt = (target) => target.closest && target.closest("a.n[data-trace]");
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || pinned) return;
    const number = numberAt(event.target);
    if (number) later(() => open(number, false), 150);
    else if (event.target.closest(".statements")) clearTimeout(timer);
    else if (!card.hidden) later(close, 300);
    else clearTimeout(timer);
  });
  document.addEventListener("click", (event) => {
    const number = numberAt(event.target);
    if (number && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      open(number, true);
    } else if (!event.target.closest(".statements") || event.target.closest(".statements a[href^='#']")) close();
  });

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
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hide();
    const number = pinned ? shownFor : null;
    close();
    if (number) number.focus();
  });
})();
