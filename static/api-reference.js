/* Swagger UI of the description of the interface, whose address the script's own element names. */
"use strict";

const { schema } = document.currentScript.dataset;

addEventListener("DOMContentLoaded", () => {
  SwaggerUIBundle({
    url: schema,
    dom_id: "#reference",
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
  });
});
