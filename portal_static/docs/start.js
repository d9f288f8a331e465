// Starts the renderer of the API's pages. No validator: it would send the document to a service elsewhere.
window.SwaggerUIBundle({
  url: document.getElementById("api").dataset.document,
  dom_id: "#api",
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: false,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
