/* What the pages can do beyond being read: sliders, charts, keys. Nothing here is needed to read them. */
"use strict";
(() => {
  document.documentElement.classList.add("js");

  /* Charts: Vega's own interpreter runs their expressions, so that the policy needs no unsafe-eval. */
  const colour = (role) => getComputedStyle(document.documentElement).getPropertyValue("--" + role).trim() || "#888";
  const coloured = (value) => {
    if (typeof value === "string") return value.startsWith("role:") ? colour(value.slice(5)) : value;
    if (Array.isArray(value)) return value.map(coloured);
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, coloured(inner)]));
    return value;
  };
  const config = () => ({
    font: getComputedStyle(document.documentElement).getPropertyValue("--sans") || "sans-serif",
    view: { stroke: null },
    axis: {
      labelColor: colour("quiet"), titleColor: colour("quiet"), gridColor: colour("line"), domainColor: colour("strong"),
      tickColor: colour("strong"), labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal",
    },
    legend: { labelColor: colour("ink"), titleColor: colour("quiet"), labelFontSize: 12, symbolType: "square" },
  });
  const drawn = new WeakMap();
  const draw = async (box) => {
    const source = box.querySelector("script.spec");
    if (!source || typeof vegaEmbed === "undefined") return;
    const target = box.querySelector(".canvas");
    const spec = coloured(JSON.parse(source.textContent));
    const legend = spec.encoding?.color?.legend;
    if (legend && target.clientWidth < 560) legend.columns = 2;
    drawn.get(box)?.finalize();
    try {
      const result = await vegaEmbed(target, spec, {
        mode: "vega-lite", ast: true, expr: vega.expressionInterpreter, actions: false, renderer: "svg",
        defaultStyle: false, tooltip: { disableDefaultStyle: true }, config: config(),
      });
      drawn.set(box, result);
      box.dataset.drawn = "1";
      const picture = target.querySelector("svg");
      if (picture) picture.setAttribute("aria-hidden", "true");
    } catch (error) {
      box.dataset.drawn = "0";
      target.textContent = "";
    }
  };
  const drawAll = () => document.querySelectorAll(".chart").forEach(draw);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);

  /* Sliders: each moves its field of a date; the last place of a slider that may be left open empties the field. */
  const DAY = 86400000;
  const iso = (days) => new Date(days * DAY).toISOString().slice(0, 10);
  const days = (text) => Math.round(Date.parse(text + "T00:00:00Z") / DAY);
  const later = (wait, act) => {
    let timer = 0;
    return () => { clearTimeout(timer); timer = setTimeout(act, wait); };
  };
  const bindSlider = (slider) => {
    const field = document.getElementById(slider.dataset.field);
    if (!field || slider.dataset.bound) return;
    slider.dataset.bound = "1";
    const least = days(slider.dataset.first), most = days(slider.dataset.last);
    slider.min = least; slider.max = most; slider.step = 1;
    const told = () => { slider.setAttribute("aria-valuetext", field.value || slider.dataset.open); };
    const fromField = () => {
      const value = field.value ? days(field.value) : most;
      if (Number.isFinite(value)) slider.value = Math.min(most, Math.max(least, value));
      told();
    };
    const ask = later(120, () => field.dispatchEvent(new Event("change", { bubbles: true })));
    slider.addEventListener("input", () => {
      const value = Number(slider.value);
      field.value = value >= most && slider.dataset.open ? "" : iso(value);
      told();
      ask();
    });
    slider.addEventListener("change", (event) => event.stopPropagation());
    field.addEventListener("change", fromField);
    fromField();
  };

  /* Lists that are driven by keys: j and k move, other letters press what carries them. */
  const keysWanted = () => {
    const box = document.getElementById("keys-on");
    return !box || box.checked;
  };
  const items = () => [...document.querySelectorAll("[data-keys] .item")];
  const current = () => items().findIndex((item) => item.hasAttribute("aria-current"));
  const moveTo = (index) => {
    const all = items();
    if (!all.length) return;
    const next = Math.max(0, Math.min(all.length - 1, index));
    all.forEach((item) => item.removeAttribute("aria-current"));
    all[next].setAttribute("aria-current", "true");
    all[next].focus({ preventScroll: true });
    all[next].scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !typing) {
      const search = document.getElementById("search");
      if (search) { search.focus(); event.preventDefault(); }
      return;
    }
    if (!document.querySelector("[data-keys]")) return;
    if (event.key === "Escape" && typing) { typing.closest(".item")?.focus(); return; }
    if (typing || !keysWanted()) return;
    if (event.key === "j") { moveTo(current() + 1); event.preventDefault(); return; }
    if (event.key === "k") { moveTo(current() - 1); event.preventDefault(); return; }
    const at = items()[current()];
    const pressed = at && [...at.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
    if (!pressed) return;
    event.preventDefault();
    if (pressed.dataset.open) {
      const part = document.getElementById(pressed.dataset.open);
      const choice = part?.querySelector(`[value="${pressed.dataset.choose}"]`);
      part?.closest("details")?.setAttribute("open", "");
      if (choice) choice.checked = true;
      part?.querySelector("input[name=reason]")?.focus();
    } else pressed.click();
  });

  /* Name and token of who judges stay in this tab, so that they are typed once. */
  const remember = () => {
    for (const field of document.querySelectorAll("[data-remember]")) {
      if (field.dataset.bound) continue;
      field.dataset.bound = "1";
      const key = "dejure." + field.dataset.remember;
      field.value = field.value || sessionStorage.getItem(key) || "";
      field.addEventListener("change", () => {
        sessionStorage.setItem(key, field.value);
        document.querySelectorAll(`[data-remember="${field.dataset.remember}"]`).forEach((other) => { other.value = field.value; });
      });
    }
  };

  const start = () => {
    document.querySelectorAll("input[type=range][data-field]").forEach(bindSlider);
    remember();
    drawAll();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  /* The new answer in a sentence, for those who hear the page. */
  const tell = () => {
    const status = document.getElementById("status"), lede = document.querySelector("#answer .lede");
    if (status && lede) status.textContent = lede.innerText.replace(/\s+/g, " ");
  };
  document.addEventListener("htmx:afterSettle", () => { start(); tell(); });
})();
