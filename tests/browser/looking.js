// What is looked for on every page, as functions that answer with sentences: none if all is well.
window.look = (() => {
  const LINE = 1;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const name = (element) => {
    const words = (element.getAttribute("aria-label") || element.textContent || element.name || "").trim().replace(/\s+/g, " ");
    const kind = element.className && typeof element.className === "string" ? "." + element.className.trim().split(/\s+/).join(".") : "";
    return `${element.localName}${kind} “${words.slice(0, 40)}”`;
  };
  // For the eye alone it is not there, though it is for whoever listens.
  const isHiddenFromTheEye = (element) => {
    const box = element.getBoundingClientRect();
    return box.width <= 1 || box.height <= 1 || element.matches(".visually-hidden:not(:focus)") || (element.matches(".skip") && element !== document.activeElement);
  };

  function headings() {
    const found = [];
    const levels = all("h1, h2, h3, h4, h5, h6").filter((each) => each.checkVisibility());
    const first = levels.filter((each) => each.localName === "h1").length;
    if (first !== 1) found.push(`${first} h1`);
    levels.reduce((before, each) => {
      const level = Number(each.localName[1]);
      if (level > before + 1) found.push(`${name(each)} comes after an h${before}`);
      return level;
    }, 0);
    if (!document.title.replace("· Lightpost", "").trim()) found.push("no title");
    return found;
  }

  function width() {
    const most = document.documentElement.clientWidth;
    const wide = document.scrollingElement.scrollWidth;
    if (wide <= most) return [];
    const culprits = all("body *").filter((each) => shown(each) && (each.getBoundingClientRect().right > most + LINE || each.getBoundingClientRect().left < -LINE));
    return [`${wide} px wide on ${most}: ${culprits.slice(-3).map(name).join(", ")}`];
  }

  // What is written into a field that is empty is read whole; a lonely filter is no wider than two others.
  function fields() {
    const pen = document.createElement("canvas").getContext("2d");
    const isCut = (each) => {
      const { font, paddingInlineStart, paddingInlineEnd } = getComputedStyle(each);
      pen.font = font;
      return pen.measureText(each.placeholder).width > each.clientWidth - parseFloat(paddingInlineStart) - parseFloat(paddingInlineEnd);
    };
    const found = all("input[placeholder]").filter((each) => shown(each) && isCut(each)).map((each) => `“${each.placeholder}” is cut`);
    const wide = all(".filters .field:not(:first-child)").filter((each) => innerWidth >= 768 && each.getBoundingClientRect().width > 320);
    return found.concat(wide.map((each) => `${name(each)} is stretched`));
  }

  // A link with words of the same sentence around it is read, not aimed at.
  const isInText = (link) => {
    for (let around = link.parentElement; around; around = around.parentElement) {
      if ([...around.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim().length > 1)) return true;
      if (getComputedStyle(around).display !== "inline") return false;
    }
    return false;
  };

  function targets() {
    const found = [];
    const floor = document.body.matches(".table-side") ? 48 : 44;
    for (const each of all("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
      if (!shown(each) || isHiddenFromTheEye(each)) continue;
      const own = each.matches("[type=radio], [type=checkbox]");
      const box = (own && each.closest("label") ? each.closest("label") : each).getBoundingClientRect();
      const least = each.matches("button, .button, input, select, textarea") && !own ? floor : 24;
      if (each.matches("a:not(.button)") && isInText(each)) continue;
      if (box.height < least - 0.5) found.push(`${name(each)} is ${Math.round(box.height)} px high, of ${least}`);
      if (box.width < 24 - 0.5) found.push(`${name(each)} is ${Math.round(box.width)} px wide, of 24`);
    }
    return found;
  }

  function forms() {
    const found = [];
    for (const form of all("form").filter((each) => each.checkVisibility())) {
      if (!all("button:not([type=button]), input[type=submit]", form).some((each) => each.checkVisibility()))
        found.push(`a form to ${form.getAttribute("action") || "this page"} has no button that sends it`);
      for (const field of all("input:not([type=hidden]), select, textarea", form)) {
        if (field.labels && !field.labels.length && !field.getAttribute("aria-label") && !field.getAttribute("aria-labelledby"))
          found.push(`${field.name} has no label`);
      }
    }
    if (all(".primary").filter((each) => each.checkVisibility()).length > 1) found.push("more than one .primary");
    if (all(".next").length > 1) found.push("more than one .next");
    return found;
  }

  function paper() {
    const left = all("nav, button, .button, .skip, .search, .filters, .next, .action-bar").filter((each) => shown(each) && !isHiddenFromTheEye(each));
    const ground = getComputedStyle(document.body).backgroundColor;
    const found = left.slice(0, 3).map((each) => `${name(each)} is printed`);
    for (const each of all(".section")) {
      const printed = [...each.children].filter((child) => shown(child));
      if (printed.length && printed.every((child) => child.matches("h2, h3"))) found.push(`${name(printed[0])} is printed with nothing under it`);
    }
    if (ground !== "rgb(255, 255, 255)") found.push(`the paper is ${ground}`);
    return found.concat(width());
  }

  function rightToLeft() {
    const found = [];
    if (document.documentElement.dir !== "rtl" || getComputedStyle(document.body).direction !== "rtl") found.push("not right to left");
    for (const each of all(".code, .plate, .number:not(thead *), .pieces, .code-field input"))
      if (shown(each) && getComputedStyle(each).direction !== "ltr") found.push(`${name(each)} runs right to left`);
    for (const each of all("td.number[data-label]")) {
      const { display, flexDirection } = getComputedStyle(each);
      if (shown(each) && display === "flex" && flexDirection !== "row-reverse") found.push(`${name(each)} has its label on the other side`);
    }
    return found.concat(width());
  }

  const isTabStop = (each) => {
    if (each.matches("input[type=radio]")) {
      const group = all(`input[type=radio][name="${CSS.escape(each.name)}"]`, each.form || document).filter((one) => !one.disabled);
      return each === (group.find((one) => one.checked) || group[0]);
    }
    return true;
  };
  const stops = () => all("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")
    .filter((each) => !each.matches(":disabled, fieldset:disabled *, [tabindex='-1']") && shown(each) && isTabStop(each));

  // Takes part in every step of the keyboard; `reached` then tells what was wrong on the way.
  function followKeyboard() {
    const way = [];
    const found = [];
    window.way = { reached, isOver: () => way.includes(expected.at(-1)) };
    const expected = stops();
    document.addEventListener("focusin", (event) => {
      const each = event.target;
      way.push(each);
      const style = getComputedStyle(each);
      if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) found.push(`${name(each)} does not show that it is chosen`);
      const box = each.getClientRects()[0] || each.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];
      if (y < 0 || y > innerHeight) { found.push(`${name(each)} is chosen out of sight`); return; }
      const above = document.elementFromPoint(x, y);
      if (above && !each.contains(above) && !above.contains(each) && !(each.labels && [...each.labels].some((label) => label.contains(above))))
        found.push(`${name(each)} is covered by ${name(above)}`);
    });
    function reached() {
      const end = way.indexOf(expected.at(-1));
      if (end >= 0) way.length = end + 1;
      for (const each of expected) if (!way.includes(each)) found.push(`${name(each)} is not reached by Tab`);
      for (let at = 1; at < way.length; at++)
        if (!(way[at - 1].compareDocumentPosition(way[at]) & Node.DOCUMENT_POSITION_FOLLOWING))
          found.push(`${name(way[at])} comes before ${name(way[at - 1])}`);
      return [...new Set(found)];
    }
    return expected.length;
  }

  // The first field of the main form, ready for Enter; nothing is sent, it is only seen that it would be.
  function readyToSend() {
    const button = all("main form .primary").find(shown);
    const form = button && button.closest("form");
    const field = form && all("input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=date])", form).find((each) => shown(each) && !each.disabled);
    if (!field) return false;
    window.sent = false;
    form.addEventListener("submit", (event) => { window.sent = true; event.preventDefault(); });
    form.addEventListener("invalid", () => { window.sent = true; }, true);
    field.focus();
    return true;
  }

  return { headings, width, targets, forms, fields, paper, rightToLeft, followKeyboard, readyToSend };
})();
