// Rows are dragged by their handle, and what was dropped is told to the server as the buttons beside it tell it.

for (const list of document.querySelectorAll("[data-order]")) {
  let dragged = null;
  let before = null;
  for (const handle of list.querySelectorAll(".handle")) handle.hidden = false;

  list.addEventListener("dragstart", (event) => {
    const handle = event.target.closest?.(".handle");
    if (!handle) return;
    dragged = handle.closest("li");
    before = dragged.previousElementSibling;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", handle.dataset.id);
    event.dataTransfer.setDragImage(dragged, 0, 0);
    dragged.classList.add("dragged");
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (!dragged || !over || over.parentElement !== dragged.parentElement) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    if (over !== dragged) over[event.clientY > top + height / 2 ? "after" : "before"](dragged);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => {
    const moved = dragged;
    dragged = null;
    moved?.classList.remove("dragged");
    if (moved && moved.previousElementSibling !== before) tell(moved);
  });
}

function tell(moved) {
  const id = (row) => row?.querySelector(".handle")?.dataset.id ?? "";
  const wish = document.createElement("input");
  Object.assign(wish, { type: "hidden", name: "move", value: `behind:${id(moved)}:${id(moved.previousElementSibling)}` });
  const form = moved.closest("form");
  form.append(wish);
  form.submit();
}
