// Before the first paint, what a page out of a cache cannot know: the theme, and whether a customer is signed in.
// Not a module: those run only when the page is there, and it would be seen in the wrong theme first.
{
  const root = document.documentElement;
  const secure = location.protocol === "https:";
  const prefix = secure ? "__Host-diwan_" : "diwan_";
  const recall = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${prefix}${name}=`))?.split("=")[1];
  const remember = (name, value) => {
    if (recall(name) === value) return;
    document.cookie = `${prefix}${name}=${value}; Path=/; SameSite=Lax; Max-Age=31536000${secure ? "; Secure" : ""}`;
  };
  const { lang } = document.currentScript.dataset;
  const theme = recall("theme");

  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  if (recall("signed_in")) root.dataset.signedIn = "";
  if (lang) remember("locale", lang);

  // The two buttons take turns: the one that was pressed goes away, and the focus with it.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=theme]");
    if (!button) return;
    event.preventDefault();
    remember("theme", button.value);
    root.dataset.theme = button.value;
    button.form.querySelector(`button[name=theme]:not([value=${button.value}])`).focus();
  });
}
