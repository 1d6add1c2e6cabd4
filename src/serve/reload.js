// Reloads a page when its site changed, and shows findings over it. The server adds this to pages; sites have no part of it.
//
// A page that listens to the server holds one of the six connections that a browser has for a host. So one tab listens
// (the one that holds the lock), and tells the others through a channel.
(() => {
  "use strict";
  const tag = document.currentScript;
  if (!tag || window.pledgebookReload) return;
  window.pledgebookReload = true;

  const { site, waiting } = tag.dataset;
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("pledgebook-reload") : null;
  let heard = null;
  let looks = 0;

  function hear(revision) {
    if (revision === heard) return;
    heard = revision;
    look();
  }

  async function look() {
    const mine = ++looks;
    let state;
    try {
      const answer = await fetch("/_pledgebook/state", { cache: "no-store" });
      if (!answer.ok) return;
      state = await answer.json();
    } catch {
      return; // The server is gone; it is heard of when it comes back.
    }
    if (mine !== looks) return;
    const isOld = waiting === undefined ? String(state.site) !== site : String(state.revision) !== waiting;
    if (isOld) location.reload();
    else if (waiting === undefined) overlay.show(state);
  }

  function listen() {
    return new Promise(() => {
      const source = new EventSource("/_pledgebook/events");
      source.onmessage = (event) => {
        channel?.postMessage(event.data);
        hear(event.data);
      };
    });
  }

  const overlay = (() => {
    const style = `
      :host { all: initial; }
      @media print { :host { display: none; } }
      * { box-sizing: border-box; }
      button { background: #fff; border: 1px solid #8c1d18; border-radius: .375rem; color: #8c1d18; cursor: pointer;
        font: 600 .875rem/1.25 system-ui, sans-serif; min-height: 2.75rem; padding: .5rem 1rem; }
      button:focus-visible, pre:focus-visible { outline: 3px solid #1a5fb4; outline-offset: 2px; }
      .badge { bottom: 1rem; position: fixed; inset-inline-end: 1rem; z-index: 2147483647; }
      .panel { background: #fff; border-top: 4px solid #8c1d18; bottom: 0; box-shadow: 0 0 2rem #0006; color: #1b1b1b;
        display: flex; flex-direction: column; font: 1rem/1.5 system-ui, sans-serif; gap: .75rem; left: 0;
        max-height: 70vh; padding: 1rem; position: fixed; right: 0; z-index: 2147483647; }
      .head { align-items: center; display: flex; flex-wrap: wrap; gap: 1rem; justify-content: space-between; }
      a { color: #1a5fb4; display: inline-block; line-height: 2.75rem; margin-inline-start: auto; }
      a:focus-visible { outline: 3px solid #1a5fb4; outline-offset: 2px; }
      p { font-size: 1.125rem; font-weight: 600; margin: 0; }
      pre { background: #f4f4f4; font: .875rem/1.5 ui-monospace, monospace; margin: 0; overflow: auto; padding: .75rem; }
      [hidden] { display: none; }`;
    let parts = null;
    let shown = null;

    function make(name, properties, ...children) {
      const element = Object.assign(document.createElement(name), properties);
      element.append(...children);
      return element;
    }

    function build() {
      const host = document.createElement("pledgebook-findings");
      const root = host.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet(); // Unlike a style element, allowed under every Content-Security-Policy.
      sheet.replaceSync(style);
      root.adoptedStyleSheets = [sheet];
      const summary = make("p", { id: "summary" });
      summary.setAttribute("role", "alert");
      const text = make("pre", { tabIndex: 0 });
      const close = make("button", { type: "button", textContent: "Close (Esc)", onclick: dismiss });
      const list = make("a", { href: "/_pledgebook/findings", textContent: "By owner and service" });
      const head = make("div", { className: "head" }, summary, list, close);
      const panel = make("section", { className: "panel", hidden: true }, head, text);
      panel.setAttribute("role", "dialog");
      panel.setAttribute("aria-labelledby", "summary");
      panel.lang = "en";
      const badge = make("button", { type: "button", className: "badge", hidden: true, onclick: open });
      root.append(badge, panel);
      document.documentElement.append(host);
      document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && !panel.hidden) dismiss();
      });
      return { host, summary, text, panel, badge, close };
    }

    function open() {
      parts.panel.hidden = false;
      parts.badge.hidden = true;
      parts.close.focus();
    }

    function dismiss() {
      const hadFocus = parts.panel.contains(parts.host.shadowRoot.activeElement);
      parts.panel.hidden = true;
      parts.badge.hidden = false;
      if (hadFocus) parts.badge.focus();
      remember(shown);
    }

    // What was closed on one page stays closed on the next, until there is something new.
    function remember(text) {
      try {
        sessionStorage.setItem("pledgebook-closed", text);
      } catch {
        // Storage is off: it opens again on the next page.
      }
    }

    function remembered() {
      try {
        return sessionStorage.getItem("pledgebook-closed");
      } catch {
        return null;
      }
    }

    return {
      show({ findings, behind }) {
        if (!findings) {
          parts?.host.remove();
          parts = null;
          shown = null;
          return;
        }
        const now = `${behind}\n${findings.summary}\n${findings.text}`;
        if (now === shown) return;
        shown = now;
        parts ??= build();
        parts.text.textContent = findings.text;
        parts.badge.textContent = findings.summary;
        // Findings that did not keep the site from being built wait behind the button.
        const isOpen = behind && remembered() !== now;
        parts.panel.hidden = !isOpen;
        parts.badge.hidden = isOpen;
        parts.summary.textContent = behind ? `${findings.summary}. This is the last good site.` : findings.summary;
      },
    };
  })();

  if (channel) channel.onmessage = (event) => hear(event.data);
  if (channel && navigator.locks) navigator.locks.request("pledgebook-reload", listen);
  else listen();
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) look();
  });
  look();
})();
