"use strict";

// Swagger UI over this server's own description; no other host is asked for anything.
const ui = SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#page",
  plugins: [StreamsPlugin],
  validatorUrl: null, // the badge would send the description's address to another host
  deepLinking: true,
  displayRequestDuration: true,
  onComplete: () => {
    document.title = ui.specSelectors.info().get("title") || document.title;
  },
});
