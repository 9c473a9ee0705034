// Touches that a rule found, in sections, each a button that opens its contact.
function makeExample(example) {
  const spoken = `Open ${example.contact}`;
  return make(
    "li",
    {},
    make(
      "button",
      { class: "example", type: "button", "data-contact": example.contact, title: spoken },
      make("span", { class: "quiet when" }, example.at),
      make("span", { class: "who" }, [example.contact, example.rep].filter(Boolean).join(" · ")),
      make("span", { class: "told" }, example.message),
      example.advice ? make("span", { class: "quiet" }, example.advice) : null,
    ),
  );
}

function makeSection(section) {
  const id = freshId();
  const more = section.total > section.examples.length ? ` (the latest ${section.examples.length})` : "";
  const heading = make("h4", { id }, `${section.title}: ${count(section.total)}${more}`);
  return make(
    "section",
    { "aria-labelledby": id },
    heading,
    make("ul", {}, ...section.examples.map(makeExample)),
  );
}

function render({ model, el }) {
  const scope = openScope(model);
  const list = make("div", {});
  const notice = makeNotice();
  const root = make("div", { class: "drawn drawn-examples" }, notice.node, list);
  el.append(root);
  scope.on(list, "click", (event) => {
    const contact = event.target.closest("[data-contact]")?.dataset.contact;
    if (contact === undefined) return;
    scope.ask({ choose: contact }).then(
      () => notice.tell(""),
      (error) => notice.tell(error.message),
    );
  });
  const paint = () => {
    const why = model.get("why") ? make("p", { class: "why" }, `Why it matters: ${model.get("why")}`) : null;
    const sections = (model.get("sections") ?? []).filter((section) => section.total > 0);
    list.replaceChildren(...[why, ...sections.map(makeSection)].filter(Boolean));
  };
  scope.watch(["why", "sections"], paint);
  paint();
  return () => {
    scope.close();
    root.remove();
  };
}

export default { render };
