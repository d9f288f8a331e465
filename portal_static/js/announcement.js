// The banner over the page, directly above this script: who put it away does not see it again until it says something
// else. Not a module: those run when all is drawn, and the page below would jump.
{
  const banner = document.currentScript.previousElementSibling;
  const put_away = () => banner.remove();
  try {
    const button = banner.querySelector("button");
    if (localStorage.getItem("announcement") === banner.dataset.id) put_away();
    button.hidden = false;
    button.addEventListener("click", () => {
      localStorage.setItem("announcement", banner.dataset.id);
      put_away();
      document.querySelector("main").focus();
    });
  } catch {
    // A browser that keeps nothing for us: the banner stays.
  }
}
