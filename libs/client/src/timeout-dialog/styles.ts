// How the dialog looks when nobody styles it. Logical properties only; colours follow the page's scheme.

/** What a browser's own style sheet does for a modal dialog (size, scrolling, the middle) is not repeated. */
export const css = `
dialog{box-sizing:border-box;inline-size:var(--session-timeout-width,30rem);padding:1.5rem;
border:1px solid var(--session-timeout-border,#7a818c);border-radius:var(--session-timeout-radius,.75rem);
background:var(--session-timeout-background,light-dark(#fff,#1d2126));
color:var(--session-timeout-color,CanvasText);font:1rem/1.5 var(--session-timeout-font,system-ui)}
dialog:focus{outline:0}
::backdrop{background:var(--session-timeout-backdrop,#000a)}
.cover::backdrop{background:var(--session-timeout-cover,Canvas);print-color-adjust:exact}
h2{margin:0 0 .5rem;font-size:1.4rem}
p{margin:0 0 1rem}
p:empty{margin:0}
div{display:flex;flex-wrap:wrap;gap:.75rem}
button{flex:1 9rem;min-block-size:2.875rem;padding:.5rem 1rem;font:inherit;border:1px solid;
border-radius:var(--session-timeout-radius,.5rem);background:none;color:inherit;cursor:pointer}
.primary{border-color:#0000;background:var(--session-timeout-accent,light-dark(#0b57a4,#5b9df0));
color:var(--session-timeout-accent-color,Canvas)}
bdi,button,[part=status]{font-weight:600;font-variant-numeric:tabular-nums}
button:hover{text-decoration:underline}
:focus-visible{outline:3px solid var(--session-timeout-focus,CanvasText);outline-offset:3px}
.unseen{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}
@media(forced-colors:active){.primary{forced-color-adjust:none;border-color:CanvasText;background:Highlight;color:HighlightText}}
@media print{dialog:not(.cover){display:none}}`;
