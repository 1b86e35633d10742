/** The look of /docs: system fonts, light and dark, nothing from outside. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--line:#d8dee4;--paper:#fff;--tint:#f6f8fa;--link:#0757ae;--get:#0b6b2e;--put:#8a4b00;--post:#0757ae;--patch:#6b3fa0;--delete:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9da7b3;--line:#30363d;--paper:#0d1117;--tint:#161b22;--link:#6cb6ff;--get:#57d583;--put:#f0b054;--post:#6cb6ff;--patch:#c9a2ff;--delete:#ff8e86}}
*{box-sizing:border-box}
html{scroll-padding-block-start:1rem}
body{margin:0;display:grid;grid-template-columns:19rem minmax(0,1fr);font:1rem/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
main:focus{outline:none}
.skip{position:absolute;inset-inline-start:-99rem;background:var(--paper);padding:.5rem 1rem;z-index:1}
.skip:focus{inset-inline-start:.5rem;inset-block-start:.5rem}
nav{position:sticky;inset-block-start:0;block-size:100vh;overflow:auto;padding:1.25rem 1rem 3rem;border-inline-end:1px solid var(--line);background:var(--tint);font-size:.875rem}
nav ul{list-style:none;margin:.25rem 0 .5rem;padding:0}
nav li a{display:flex;gap:.4rem;align-items:baseline;padding:.2rem .5rem;border-radius:5px;color:inherit;text-decoration:none;overflow-wrap:anywhere}
nav li a:hover{background:var(--line)}
nav h2{margin:1.25rem 0 .25rem;font-size:.75rem;text-transform:uppercase;letter-spacing:.06em;color:var(--soft)}
nav summary{padding:.15rem .25rem;font-weight:600;cursor:pointer}
.brand{margin:0 0 .75rem;font-size:1.15rem;font-weight:700}
.brand small{font-weight:400;color:var(--soft)}
main{padding:2rem clamp(1rem,4vw,3.5rem) 6rem;max-inline-size:66rem}
h1{margin:0 0 1rem;font-size:2rem;line-height:1.2}
h2{margin:2.5rem 0 .5rem;font-size:1.4rem}
h2.group{padding-block-start:1.5rem;border-block-start:2px solid var(--line)}
h3{margin:0 0 .25rem;font-size:1.05rem;overflow-wrap:anywhere}
h3.group{margin:2rem 0 .75rem;font-size:1.2rem}
h4{margin:1.1rem 0 .35rem;font-size:.85rem;color:var(--soft)}
nav li b{flex:none}
article{margin:1.25rem 0;padding:1.1rem 1.25rem;border:1px solid var(--line);border-radius:10px}
article:target{border-color:var(--link);box-shadow:0 0 0 1px var(--link)}
tr:target{background:var(--tint);outline:2px solid var(--link)}
b.get,b.put,b.post,b.patch,b.delete{display:inline-block;min-inline-size:3.6em;font:700 .72em/1.6 ui-monospace,monospace;text-transform:uppercase}
b.get{color:var(--get)}b.put{color:var(--put)}b.post{color:var(--post)}b.patch{color:var(--patch)}b.delete{color:var(--delete)}
code,pre{font:.875em/1.5 ui-monospace,Menlo,Consolas,monospace}
p{margin:.4rem 0}
p code,td code,li code{overflow-wrap:anywhere}
pre{margin:.5rem 0 0;padding:.8rem 1rem;overflow:auto;background:var(--tint);border:1px solid var(--line);border-radius:8px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;inline-size:100%;font-size:.9rem}
th,td{padding:.4rem .75rem .4rem 0;text-align:start;vertical-align:top;border-block-end:1px solid var(--line);font-weight:400}
thead th{font-size:.8rem;color:var(--soft)}
tbody th{white-space:nowrap}
th small,.who{color:var(--soft);font-size:.85em}
.who::before{content:"· "}
.summary{margin-block:.1rem .5rem}
.answers{margin:0;padding-inline-start:1.1rem}
.errors a{margin-inline-end:.4rem;text-decoration:none}
details>summary{cursor:pointer}
article details{margin-block-start:.6rem;font-size:.9rem}
@media (max-width:60rem){tbody th{white-space:normal;overflow-wrap:anywhere;min-inline-size:6.5rem}body{grid-template-columns:minmax(0,1fr)}nav{position:static;block-size:auto;max-block-size:50vh;border-inline-end:0;border-block-end:1px solid var(--line)}}
@media print{nav{display:none}body{display:block}}
`
