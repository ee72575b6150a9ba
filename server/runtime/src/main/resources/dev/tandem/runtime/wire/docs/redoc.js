"use strict";

// Redoc over this server's own description, with fonts that every system has.
const text = "system-ui, sans-serif";
const code = "ui-monospace, monospace";
Redoc.init(
  "openapi.json",
  {
    theme: {
      typography: { fontFamily: text, headings: { fontFamily: text }, code: { fontFamily: code } },
    },
  },
  document.getElementById("page"),
);
