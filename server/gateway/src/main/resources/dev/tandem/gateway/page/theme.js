"use strict";

// Before anything is drawn, so that no dark page flashes white.
try {
  const theme = localStorage.getItem("tandem.theme");
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // a browser that keeps nothing shows the system's colours
}
