// Links from one of the library's pages to another (`actor?actor=…`, `./?quote=…`) are real links:
// they can be copied, opened in a new tab, read by a screen reader. A plain click on one shows that
// page without loading everything anew: as Back and Forward do, by the history. And when a page of
// statements is turned, its beginning comes into view. Streamlit has neither: hence this component.
const OURS = /^(\.\/|library|actor|place|words)(\?|$)/
let shown = {}
let gone = ""

function go(address) {
  history.pushState({}, "", new URL(address, document.location.href))
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }))
}

// One function, so that however often the component is mounted anew it listens once.
function follow(event) {
  const anchor = event.target.closest?.("a[href]")
  if (!anchor || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
  const address = anchor.getAttribute("href")
  if (!OURS.test(address)) return
  event.preventDefault()
  go(address)
}

export default function ({ data }) {
  document.addEventListener("click", follow)
  if (data.number !== shown.number && data.of === shown.of)
    document.querySelector(".st-key-statements")?.scrollIntoView({ block: "start" })
  shown = data
  if (data.asked && data.asked !== gone) {
    gone = data.asked
    if (OURS.test(data.to)) go(data.to)
  }
  return () => document.removeEventListener("click", follow)
}
