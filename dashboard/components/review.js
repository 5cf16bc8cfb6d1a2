// Finds in the text are real links (`?record=…`): a plain click on one is handed to Python, which
// opens that record. Words that the reviewer selects are handed over with their paragraph, which
// Streamlit's own elements cannot report. It draws nothing; all it is told is the chosen record.
let shown = ""
let told = ""

const pane = () => document.querySelector(".st-key-article")

function reveal(record) {
  const until = performance.now() + 2000
  const look = () => {
    const anchor = pane()?.querySelector(`a[href="?record=${CSS.escape(record)}"]`)
    let box = anchor?.parentElement
    while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement
    if (box && box !== document.body) {
      const [inner, outer] = [anchor.getBoundingClientRect(), box.getBoundingClientRect()]
      if (inner.top < outer.top || inner.bottom > outer.bottom)
        box.scrollTop += inner.top - outer.top - outer.height / 3
    } else if (performance.now() < until) setTimeout(look, 50) // not drawn yet
  }
  look()
}

// Paragraphs begin with their number: “¶ 3”.
function chosen() {
  const selection = getSelection()
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null
  const range = selection.getRangeAt(0)
  const start = range.startContainer.nodeType === 1 ? range.startContainer : range.startContainer.parentElement
  const paragraph = start?.closest('[data-testid="stMarkdownContainer"]')
  const number = /^¶\s*(\d+)\s*/.exec(paragraph?.textContent ?? "")
  if (!number || !pane()?.contains(range.commonAncestorContainer)) return null
  const before = document.createRange()
  before.selectNodeContents(paragraph)
  before.setEnd(range.startContainer, range.startOffset)
  return {
    paragraph: Number(number[1]),
    words: selection.toString().replace(number[0].trim(), "").slice(0, 5000),
    near: before.toString().length - number[0].length,
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  let waiting
  const pick = (event) => {
    const anchor = event.target.closest?.('a[href^="?"], a[href^="./?"]')
    if (!anchor || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault() // on this page no other link than a find's leads anywhere
    if (!getSelection()?.isCollapsed) return
    const record = new URLSearchParams(anchor.getAttribute("href").replace(/^[^?]*/, "")).get("record")
    if (record) setTriggerValue("picked", record)
  }
  const select = () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      const words = chosen()
      const telling = JSON.stringify(words)
      if (words?.words.trim() && telling !== told) setTriggerValue("chosen", words)
      told = telling
    }, 400) // until the selection stands still
  }
  document.addEventListener("click", pick)
  document.addEventListener("selectionchange", select)
  if (data.record && data.record !== shown) reveal(data.record)
  shown = data.record
  select() // words may have been selected while this was loading
  ;(parentElement.host ?? parentElement).setAttribute("data-listening", "")
  return () => {
    clearTimeout(waiting)
    document.removeEventListener("click", pick)
    document.removeEventListener("selectionchange", select)
  }
}
