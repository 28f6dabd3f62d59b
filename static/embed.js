// For pages that show the timeline in an <iframe>: makes each frame as high as what is in it. Without this script it scrolls.
//   <iframe src="https://newsroom.example/en/timeline/embed/" title="Timeline" width="100%" height="480" frameborder="0"></iframe>
//   <script async src="https://newsroom.example/static/embed.js"></script>
(() => {
  const site = new URL(document.currentScript.src).origin;
  const frames = () => [...document.querySelectorAll("iframe")].filter((frame) => frame.src.startsWith(`${site}/`));
  addEventListener("message", (event) => {
    const { from, message, value } = event.data || {};
    if (from !== "newsroom-timeline" || message !== "height" || !(value > 0)) return;
    for (const frame of frames()) if (frame.contentWindow === event.source) frame.height = Math.min(value, 5000);
  });
  // A frame that was there before this script has spoken already: it says it again.
  for (const frame of frames()) frame.contentWindow.postMessage({ message: "ready" }, "*");
})();
