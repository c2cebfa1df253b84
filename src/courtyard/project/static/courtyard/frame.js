// The subject one is in stays in sight where the row of subjects is wider than the phone.
"use strict";

const here = document.querySelector(".subjects [aria-current]");
if (here) here.scrollIntoView({ block: "nearest", inline: "center" });
