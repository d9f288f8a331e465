// The reply in a ticket takes files as the form for a new one does.

import { attach } from "./attachments.js";

const form = document.querySelector("form#reply");
const files = form?.querySelector(".attach");
if (files) attach(form, files);
