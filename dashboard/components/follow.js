// Links that choose (`?place=moscow`) are real links: they can be copied, opened in a new tab, read
// by a screen reader. A plain click on one is handed to Python instead of loading the page anew.
// Streamlit opens every Markdown link in a new tab and has no way to scroll to an element: hence
// this component. It reads no data but the id of the statement to bring into view.
let shown = ""

function reveal(id) {
  const name = `.st-key-quote-${CSS.escape(id)}`
  const until = performance.now() + 4000
  const stop = new AbortController()
  for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"])
    window.addEventListener(kind, () => stop.abort(), { signal: stop.signal, passive: true })
  // Charts above it load late and push it down: hold it in view until they have, or the reader acts.
  const hold = () => {
    if (stop.signal.aborted || performance.now() > until) return stop.abort()
    const card = document.querySelector(name)
    const box = card?.getBoundingClientRect()
    if (box && (box.top < 0 || box.bottom > innerHeight)) card.scrollIntoView({ block: "center" })
    setTimeout(hold, 100)
  }
  hold()
}

export default function ({ data, setTriggerValue }) {
  const follow = (event) => {
    const anchor = event.target.closest?.('a[href^="?"], a[href^="./?"]')
    if (!anchor || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    shown = "" // a second click on the same statement's link brings it into view again
    setTriggerValue("followed", anchor.getAttribute("href"))
  }
  document.addEventListener("click", follow)
  if (data.quote && data.quote !== shown) reveal(data.quote)
  shown = data.quote
  return () => document.removeEventListener("click", follow)
}
