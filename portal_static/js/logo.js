// A file that the store would refuse, on a page of its own, is refused before it is sent.
const chooser = document.getElementById("file");

chooser.addEventListener("change", () => {
  const size = chooser.files[0]?.size ?? 1;
  chooser.setCustomValidity(size < 1 || size > Number(chooser.dataset.most) ? chooser.dataset.refused : "");
  chooser.reportValidity();
});
