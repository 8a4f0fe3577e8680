/** The whole look of the page: system fonts, both colour schemes. */
export const style = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1b1b; --link: #0b57c2; --line: #8884; --soft: #8881; --bad: #b32020; --good: #1b6b3c; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181b; --ink: #e8e8e8; --link: #8ab8ff; --bad: #ff8b80; --good: #6fd39a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 1.25rem; align-items: baseline; padding: .75rem 1.5rem; border-bottom: 1px solid var(--line); }
a { color: var(--link); }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
nav a[aria-current] { font-weight: 600; text-decoration: none; color: inherit; }
.note { margin-left: auto; opacity: .7; }
main { max-width: 80rem; margin: 0 auto; padding: 1rem 1.5rem 4rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
code { font-family: ui-monospace, monospace; font-size: .9em; }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin: 1rem 0; }
label { display: grid; gap: .25rem; max-width: 100%; }
form.inline { margin: 0; } form.choice { display: grid; gap: .75rem; justify-items: start; }
fieldset { border: 1px solid var(--line); border-radius: .5rem; display: grid; gap: .5rem; }
fieldset label { display: flex; gap: .5rem; align-items: baseline; }
form.choice > label { width: 100%; }
button, select, input, textarea { font: inherit; padding: .35rem .7rem; }
textarea { font: .9em/1.4 ui-monospace, monospace; width: 100%; }
.inline button { padding: .1rem .6rem; }
.pager { align-items: baseline; margin: 1rem 0; }
.numbers { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none; }
.numbers li { padding: .5rem 1rem; background: var(--soft); border-radius: .5rem; }
.numbers b { display: block; font-size: 1.4rem; }
.bad { color: var(--bad); } .good { color: var(--good); } .empty { opacity: .7; }
`;
