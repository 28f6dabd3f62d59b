// Inside the frame: tells the page around it how high the timeline is, and, to WordPress, which link was chosen.
// WordPress puts a secret into the address of the frames it makes, and listens to those alone that repeat it (wp-embed.js).
(() => {
  if (window.parent === window) return;
  const secret = (location.hash.match(/^#\?secret=([a-zA-Z0-9]+)/) || [])[1];
  const tell = (message, value) => window.parent.postMessage({ from: "newsroom-timeline", message, value, secret }, "*");
  const height = () => tell("height", Math.ceil(document.body.getBoundingClientRect().height));
  new ResizeObserver(height).observe(document.body);
  addEventListener("load", height);
  // A page whose script comes after the frame asks again.
  addEventListener("message", (event) => {
    if (event.source === window.parent && event.data && event.data.message === "ready") height();
  });
  if (!secret) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault(); // its sandbox opens no window
    tell("link", link.href);
  });
})();
